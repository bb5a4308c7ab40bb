// More answers nobody here wrote: Graham's anomaly, a chain of exponentials, merge bias.

import { describe, expect, it } from 'vitest';
import { ModelPlayer } from '../../../../simulations/orchestrator/model/play-model.ts';
import { planOf, played, scenarioOf } from './support/play.ts';

const makespan = (finalMs: Float64Array): number => finalMs.reduce((a, b) => Math.max(a, b), 0);

describe('Graham, "Bounds on multiprocessing timing anomalies" (1969)', () => {
  const graham = (slots: number) => ({
    pools: { p: slots },
    pipelines: {
      g: {
        schedule: { at: '0s' },
        tasks: {
          T1: { duration: '3s', pool: 'p' },
          T2: { duration: '2s', pool: 'p' },
          T3: { duration: '2s', pool: 'p' },
          T4: { duration: '2s', pool: 'p' },
          T5: { duration: '4s', pool: 'p', after: 'T4' },
          T6: { duration: '4s', pool: 'p', after: 'T4' },
          T7: { duration: '4s', pool: 'p', after: 'T4' },
          T8: { duration: '4s', pool: 'p', after: 'T4' },
          T9: { duration: '9s', pool: 'p', after: 'T1' },
        },
      },
    },
  });

  it.each([
    [3, 12],
    [4, 15],
  ])('%i slots take %i s', (slots, seconds) => {
    expect(makespan(played(graham(slots)).player.times.finalMs)).toBe(seconds * 1_000);
  });
});

/** The share of replications whose makespan is at most `byMs`, and 3.29 standard errors of the expected share. */
function share(document: object, byMs: number, expected: number, replications: number) {
  const scenario = scenarioOf(document);
  const plan = planOf(scenario);
  const { orchestrator, faults, warmUpMs } = scenario;
  const player = new ModelPlayer({
    plan,
    orchestrator,
    faults,
    warmUpMs,
    backfillRuns: [],
    history: null,
    landing: 'published',
  });
  let met = 0;
  for (let i = 0; i < replications; i++) {
    player.play(i);
    if (makespan(player.times.finalMs) <= byMs) met++;
  }
  return { share: met / replications, half: 3.29 * Math.sqrt((expected * (1 - expected)) / replications) };
}

describe('sums and maxima of durations', () => {
  it('a chain of ten Exp(1) ends by 20 in .9950045877', () => {
    const names = Array.from({ length: 10 }, (_, i) => `t${i}`);
    const tasks = Object.fromEntries(
      names.map((name, i) => [
        name,
        { duration: { exponential: { mean: '100s' } }, ...(i > 0 ? { after: names[i - 1] } : {}) },
      ]),
    );
    const found = share({ pipelines: { chain: { schedule: { at: '0s' }, tasks } } }, 2_000_000, 0.9950045877, 40_000);
    expect(Math.abs(found.share - 0.9950045877)).toBeLessThan(found.half);
  });

  it.each([
    [1, 0.97725],
    [3, 0.93329],
    [20, 0.63112],
  ])('the last of %i N(60, 10) ends by 80 in %f', (parts, expected) => {
    const tasks = { part: { duration: { normal: { mean: '60s', sd: '10s' } }, map: parts } };
    const found = share({ pipelines: { merge: { schedule: { at: '0s' }, tasks } } }, 80_000, expected, 20_000);
    expect(Math.abs(found.share - expected)).toBeLessThan(found.half);
  });
});
