// Every trigger rule against a success, a failure and a skip above it, as Airflow's documentation has them; and that
// verdicts reach those below.

import { describe, expect, it } from 'vitest';
import { Outcome } from '../../../../shared/model/event.ts';
import { TRIGGER_RULES, type TriggerRule } from '../../../../shared/scenario/workload.ts';
import { judge, RULE_IDS, Verdict } from '../../../../simulations/orchestrator/model/trigger-rules.ts';
import { played } from './support/play.ts';

/** By rule: what two upstreams that ended as (both success, one failed, one skipped, both failed, both skipped) make of it. */
const EXPECTED: Readonly<Record<TriggerRule, string>> = {
  all_success: 'run upstream skip upstream skip',
  all_failed: 'skip skip skip run skip',
  all_done: 'run run run run run',
  all_skipped: 'skip skip skip skip run',
  one_success: 'run run run upstream skip',
  one_failed: 'skip run skip run skip',
  one_done: 'run run run run skip',
  none_failed: 'run upstream run upstream run',
  none_failed_min_one_success: 'run upstream run upstream skip',
  none_skipped: 'run run skip run skip',
  always: 'run run run run run',
};

const NAMES = {
  [Verdict.run]: 'run',
  [Verdict.skip]: 'skip',
  [Verdict.upstreamFailed]: 'upstream',
  [Verdict.wait]: 'wait',
};
const ENDS = [
  [2, 0, 0],
  [1, 1, 0],
  [1, 0, 1],
  [0, 2, 0],
  [0, 0, 2],
] as const;

describe('trigger rules', () => {
  it.each(TRIGGER_RULES)('%s', (rule) => {
    const verdicts = ENDS.map(
      ([success, failed, skipped]) => NAMES[judge(RULE_IDS[rule], 2, success, failed, skipped)],
    );
    expect(verdicts.join(' ')).toBe(EXPECTED[rule]);
  });

  it('wait while it is open', () => {
    expect(judge(RULE_IDS.all_done, 2, 1, 0, 0)).toBe(Verdict.wait);
    expect(judge(RULE_IDS.one_success, 2, 0, 1, 0)).toBe(Verdict.wait);
    expect(judge(RULE_IDS.one_failed, 2, 1, 0, 0)).toBe(Verdict.wait);
  });

  it('go on to those below, at the moment they fall', () => {
    const tasks = {
      bad: '1m',
      good: '10m',
      both: { duration: '1m', after: ['bad', 'good'] },
      below: { duration: '1m', after: 'both' },
      cleanup: { duration: '1m', after: ['both', 'good'], rule: 'all_done' },
      alarm: { duration: '1m', after: ['bad', 'good'], rule: 'one_failed' },
      never: { duration: '1m', after: 'good', rule: 'all_failed' },
      neither: { duration: '1m', after: 'never' },
    };
    const faults = [{ kind: 'task-failure', share: '100%', of: 'a.bad' }];
    const { player, plan } = played({ pipelines: { a: { schedule: { at: '0s' }, tasks } }, faults });
    const { outcome, finishMs } = player.times;
    const found = Object.fromEntries(
      plan.definitions.tasks.map(({ name }, i) => [name, [outcome[i], finishMs[i] / 60_000]]),
    );
    expect(found).toEqual({
      bad: [Outcome.failed, 1],
      good: [Outcome.success, 10],
      both: [Outcome.upstreamFailed, 1],
      below: [Outcome.upstreamFailed, 1],
      cleanup: [Outcome.success, 11],
      alarm: [Outcome.success, 2],
      never: [Outcome.skipped, 10],
      neither: [Outcome.skipped, 10],
    });
  });
});
