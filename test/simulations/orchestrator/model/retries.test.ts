// Failing attempts: retry arithmetic with its confidence interval, backoff, timeouts, hazards.

import { describe, expect, it } from 'vitest';
import { Outcome } from '../../../../shared/model/event.ts';
import { retryDelayMs } from '../../../../simulations/orchestrator/model/attempts.ts';
import { halfWidth, mean, played } from './support/play.ts';

const once = (tasks: object) => ({ schedule: { at: '0s' }, tasks });
const FAILS = [{ kind: 'task-failure', share: '20%' }];

describe('retries', () => {
  it('D = 100, p = .2, delay 300, two retries: mean 196, success .992', () => {
    const count = 40_000;
    const tasks = { t: { duration: '100s', map: count, retries: { times: 2, delay: '300s' } } };
    const { times } = played({ pipelines: { a: once(tasks) }, faults: FAILS }).player;
    const elapsed = Array.from(times.finishMs, (ms, i) => (ms - times.startMs[i]) / 1_000);
    expect(Math.abs(mean(elapsed) - 196)).toBeLessThan(halfWidth(elapsed));
    expect(halfWidth(elapsed)).toBeLessThan(4);
    const success = times.outcome.filter((outcome) => outcome === Outcome.success).length / count;
    expect(Math.abs(success - 0.992)).toBeLessThan(3.29 * Math.sqrt((0.992 * 0.008) / count));
  });

  it('double their delay up to the cap', () => {
    const retries = { times: 9, delayMs: 10, backoff: 'exponential', capMs: 70 } as const;
    expect([1, 2, 3, 4, 5].map((attempt) => retryDelayMs(retries, attempt))).toEqual([10, 20, 40, 70, 70]);
    expect(retryDelayMs({ ...retries, backoff: 'fixed' }, 5)).toBe(10);
  });

  it('a timeout ends every attempt, and the last one fails those below', () => {
    const tasks = {
      t: { duration: '1h', timeout: '10m', retries: { times: 1, delay: '5m' } },
      below: { duration: '1m', after: 't' },
    };
    const { times } = played({ pipelines: { a: once(tasks) } }).player;
    expect(Array.from(times.finishMs)).toEqual([25 * 60_000, 25 * 60_000]);
    expect(Array.from(times.outcome)).toEqual([Outcome.failed, Outcome.upstreamFailed]);
    expect(Array.from(times.attempts)).toEqual([2, 0]);
    expect(times.startMs[1]).toBeNaN();
  });

  it('a hazard of one an hour lets exp(-1) of hour-long attempts through', () => {
    const count = 20_000;
    const faults = [{ kind: 'task-failure', rate: '1 per hour' }];
    const { times } = played({ pipelines: { a: once({ t: { duration: '1h', map: count } }) }, faults }).player;
    const success = times.outcome.filter((outcome) => outcome === Outcome.success).length / count;
    const expected = Math.exp(-1);
    expect(Math.abs(success - expected)).toBeLessThan(3.29 * Math.sqrt((expected * (1 - expected)) / count));
  });

  it('a fault strikes only whom it names', () => {
    const faults = [{ kind: 'task-failure', share: '100%', of: 'a.*' }];
    const pipelines = { a: once({ t: '1m' }), b: once({ t: '1m' }) };
    expect(Array.from(played({ pipelines, faults }).player.times.outcome)).toEqual([Outcome.failed, Outcome.success]);
  });

  it('whoever reads what a failed task run should have written waits for ever, and is told as unfinished', () => {
    const pipelines = {
      a: once({ write: { duration: '1m', writes: 'd' } }),
      b: { schedule: { at: '1s' }, tasks: { read: { duration: '1m', reads: 'd' } } },
    };
    const faults = [{ kind: 'task-failure', share: '100%', of: 'a.write' }];
    const { times } = played({ datasets: { d: 'daily' }, pipelines, faults }).player;
    expect(Array.from(times.outcome)).toEqual([Outcome.failed, Outcome.unknown]);
  });
});
