// Trigger rules: whether a task runs, is skipped or fails with its upstreams, from how many of these ended how.
// Source: Airflow's trigger_rule_dep (its names; upstream_failed counts as failed). A verdict falls as soon as it can.

import type { TriggerRule } from '../../../shared/scenario/workload.ts';

export const RuleId = {
  allSuccess: 0,
  allFailed: 1,
  allDone: 2,
  allSkipped: 3,
  oneSuccess: 4,
  oneFailed: 5,
  oneDone: 6,
  noneFailed: 7,
  noneFailedMinOneSuccess: 8,
  noneSkipped: 9,
  always: 10,
} as const;

export const RULE_IDS: Readonly<Record<TriggerRule, number>> = {
  all_success: RuleId.allSuccess,
  all_failed: RuleId.allFailed,
  all_done: RuleId.allDone,
  all_skipped: RuleId.allSkipped,
  one_success: RuleId.oneSuccess,
  one_failed: RuleId.oneFailed,
  one_done: RuleId.oneDone,
  none_failed: RuleId.noneFailed,
  none_failed_min_one_success: RuleId.noneFailedMinOneSuccess,
  none_skipped: RuleId.noneSkipped,
  always: RuleId.always,
};

export const Verdict = { wait: 0, run: 1, skip: 2, upstreamFailed: 3 } as const;
export type Verdict = (typeof Verdict)[keyof typeof Verdict];

/** `upstreams`: how many there are; `success`, `failed`, `skipped`: how many of them ended so until now. */
export function judge(rule: number, upstreams: number, success: number, failed: number, skipped: number): Verdict {
  const allDone = success + failed + skipped === upstreams;
  switch (rule) {
    case RuleId.allSuccess:
      return failed > 0 ? Verdict.upstreamFailed : skipped > 0 ? Verdict.skip : whenRun(allDone);
    case RuleId.allFailed:
      return success + skipped > 0 ? Verdict.skip : whenRun(allDone);
    case RuleId.allSkipped:
      return success + failed > 0 ? Verdict.skip : whenRun(allDone);
    case RuleId.oneSuccess:
      if (success > 0) return Verdict.run;
      return allDone ? (failed > 0 ? Verdict.upstreamFailed : Verdict.skip) : Verdict.wait;
    case RuleId.oneFailed:
      return failed > 0 ? Verdict.run : whenSkip(allDone);
    case RuleId.oneDone:
      return success + failed > 0 ? Verdict.run : whenSkip(allDone);
    case RuleId.noneFailed:
      return failed > 0 ? Verdict.upstreamFailed : whenRun(allDone);
    case RuleId.noneFailedMinOneSuccess:
      if (failed > 0) return Verdict.upstreamFailed;
      return allDone ? (success > 0 ? Verdict.run : Verdict.skip) : Verdict.wait;
    case RuleId.noneSkipped:
      return skipped > 0 ? Verdict.skip : whenRun(allDone);
    case RuleId.always:
      return Verdict.run;
    default:
      return whenRun(allDone);
  }
}

const whenRun = (allDone: boolean): Verdict => (allDone ? Verdict.run : Verdict.wait);
const whenSkip = (allDone: boolean): Verdict => (allDone ? Verdict.skip : Verdict.wait);
