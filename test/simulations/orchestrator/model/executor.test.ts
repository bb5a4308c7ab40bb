// Executors: Celery workers that hold back what they were handed, pods by the loop and without one.

import { describe, expect, it } from 'vitest';
import { readScenario } from '../../../../shared/scenario/read-scenario.ts';
import { played } from './support/play.ts';

const SECOND = 1_000;
const MINUTES = ['10m', '1m', '1m', '1m'];

/** Start minutes of one-task pipelines that are all ready at 0, in their order. */
function starts(celery: object, durations: readonly string[]): number[] {
  const pipelines = Object.fromEntries(
    durations.map((duration, i) => [`p${i}`, { schedule: { at: '0s' }, tasks: { t: duration } }]),
  );
  const { player } = played({ pipelines, orchestrator: { executor: { celery } } });
  return Array.from(player.times.startMs, (ms) => ms / 60_000);
}

describe('Celery workers', () => {
  it('without prefetch share one queue', () => {
    expect(starts({ workers: 2, concurrency: 1, prefetch: 0 }, MINUTES)).toEqual([0, 0, 1, 2]);
  });

  it('with prefetch a busy worker holds back what another has slots for', () => {
    // Handed out in turn: the first worker has the long one and holds back the third, which starts when it ends.
    expect(starts({ workers: 2, concurrency: 1, prefetch: 1 }, MINUTES)).toEqual([0, 0, 10, 1]);
  });

  it('hand on what waits for any worker as soon as one has room', () => {
    // Six: two run, two are held back, two wait. At 1 the second worker starts what it held and takes the fifth.
    expect(starts({ workers: 2, concurrency: 1, prefetch: 1 }, ['10m', '1m', '1m', '1m', '1m', '1m'])).toEqual([
      0, 0, 10, 1, 2, 3,
    ]);
  });

  it('have as many slots as their concurrency', () => {
    expect(starts({ workers: 2, concurrency: 2, prefetch: 0 }, ['5m', '5m', '5m', '5m', '1m'])).toEqual([
      0, 0, 0, 0, 5,
    ]);
  });

  it('a worker’s start-up is each task run’s own', () => {
    expect(starts({ workers: 2, concurrency: 1, prefetch: 1, startUp: '30s' }, ['1m', '1m', '1m'])).toEqual([
      0.5, 0.5, 2,
    ]);
  });
});

describe('Kubernetes', () => {
  const pods = (n: number, orchestrator: object) => ({
    horizon: '1h',
    orchestrator,
    pipelines: { p: { schedule: { at: '0s' }, tasks: { t: { duration: '10m', map: n } } } },
  });

  it('makes so many pods a loop', () => {
    const orchestrator = { loop: { idle: '1s' }, executor: { kubernetes: { podsPerLoop: 3 } } };
    const { player } = played(pods(7, orchestrator));
    expect(Array.from(player.times.startMs, (ms) => ms / SECOND)).toEqual([0, 0, 0, 1, 1, 1, 2]);
  });

  it('without a loop makes them at once: only their start-up is left', () => {
    const { player } = played(pods(7, { executor: { kubernetes: { startUp: '8s' } } }));
    expect(new Set(player.times.startMs)).toEqual(new Set([8 * SECOND]));
  });

  it('a number of pods a loop without a loop is refused', () => {
    const { problems } = readScenario({ version: 1, ...pods(7, { executor: { kubernetes: { podsPerLoop: 3 } } }) });
    expect(problems.map(({ path, reason }) => `${path.join('.')}: ${reason}`)).toEqual([
      'orchestrator.executor.kubernetes.podsPerLoop: pods are made by the scheduler’s loop, and there is none: write loop too, or leave it out',
    ]);
  });
});
