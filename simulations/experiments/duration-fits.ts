// What the durations of a log base were fitted to, and how well: for the report of `landfall simulate`.

import type { DurationFitsView, TaskFitView } from '../../shared/api/views-scenario.ts';
import type { Resampling } from '../../shared/scenario/scenario.ts';
import type { TaskFit } from '../orchestrator/durations/fit/fit-from-log.ts';
import type { ObservedWorkload } from '../orchestrator/run-plan/workload-of-log.ts';

const WORST_MAX = 100;
const UNSEEN_MAX = 100;

export function durationFits(
  { fits, history, unseen }: Pick<ObservedWorkload, 'fits' | 'history' | 'unseen'>,
  resample: Resampling,
  logs: readonly string[],
): DurationFitsView {
  const rows = fits.map((fit) => fitView(fit, resample));
  const families: Record<string, number> = {};
  for (const { family } of rows) families[family] = (families[family] ?? 0) + 1;
  return {
    resample,
    logs,
    nights: history.nights,
    values: history.valuesMs.length,
    tasks: rows.length,
    families,
    unseen: unseen.slice(0, UNSEEN_MAX),
    unseenCount: unseen.length,
    worst: rows
      .sort((a, b) => (b.ksDistance ?? -1) - (a.ksDistance ?? -1) || order(a.task, b.task))
      .slice(0, WORST_MAX),
  };
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The fit that is drawn from; of a task that keeps its values, the nearest that was tried. */
function fitView({ label, chosen, reason, valueCount, candidates }: TaskFit, resample: Resampling): TaskFitView {
  const shown = candidates.find(({ distribution }) => distribution === chosen) ?? candidates[0];
  return {
    task: label,
    family: resample === 'fitted' ? chosen.kind : 'empirical',
    values: valueCount,
    ksDistance: shown?.ks ?? null,
    ksP: shown?.ksP ?? null,
    reason,
  };
}
