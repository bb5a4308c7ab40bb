// Times past 12.4 days: a season of nights, each as the first.

import { describe, expect, it } from 'vitest';
import { played } from './support/play.ts';

describe('a horizon of 90 days', () => {
  it.each([
    ['at once', {}],
    ['with a loop', { loop: { idle: '5s', perTask: '10ms' } }],
  ])('%s: the last night is as the first', (_, orchestrator) => {
    const { player, plan } = played({
      horizon: '90d',
      orchestrator,
      pools: { p: 2 },
      datasets: { d: 'daily' },
      pipelines: {
        a: {
          schedule: '0 2 * * *',
          tasks: { t: { duration: '40m', pool: 'p', map: 3 }, w: { duration: '5m', after: 't', writes: 'd' } },
        },
        b: { schedule: '0 1 * * *', tasks: { r: { duration: '1m', reads: 'd' } } },
      },
    });
    const { finalMs, startMs } = player.times;
    const ofTask = (name: string): number[] =>
      Array.from(plan.taskRuns.task).flatMap((task, i) => (plan.definitions.tasks[task].name === name ? [i] : []));
    const writes = ofTask('w');
    expect(writes).toHaveLength(90);
    const day = 86_400_000;
    const nights = writes.map((i) => Math.round((finalMs[i] % day) / 60_000));
    expect(new Set(nights)).toEqual(new Set([205]));
    // Each reader waits for the writer that runs an hour after it was due.
    const reads = ofTask('r');
    expect(
      reads.every((i, night) => startMs[i] >= finalMs[writes[night]] && startMs[i] - finalMs[writes[night]] < 60_000),
    ).toBe(true);
  });
});
