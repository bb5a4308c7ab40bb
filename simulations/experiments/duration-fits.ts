// What the durations of a log base were fitted to, and how well: for the report of `landfall simulate`.

import type {
  DurationFitsView,
  PoolSlowdownView,
  RunCorrelationView,
  TaskFitView,
} from '../../shared/api/views-scenario.ts';
import type { Log } from '../../shared/model/log.ts';
import type { Resampling } from '../../shared/scenario/scenario.ts';
import type { TaskFit } from '../orchestrator/durations/fit/fit-from-log.ts';
import type { RunCorrelation } from '../orchestrator/durations/fit/fit-run-correlation.ts';
import { fitSlowdown } from '../orchestrator/durations/fit/fit-slowdown.ts';
import type { ObservedWorkload } from '../orchestrator/run-plan/workload-of-log.ts';

const WORST_MAX = 100;
const UNSEEN_MAX = 100;
const CORRELATIONS_MAX = 100;

export function durationFits(
  { fits, history, unseen, correlations }: Pick<ObservedWorkload, 'fits' | 'history' | 'unseen' | 'correlations'>,
  resample: Resampling,
  logs: readonly Log[],
): DurationFitsView {
  const rows = fits.map((fit) => fitView(fit, resample));
  const families: Record<string, number> = {};
  for (const { family } of rows) families[family] = (families[family] ?? 0) + 1;
  return {
    resample,
    logs: logs.map(({ name }) => name),
    nights: history.nights,
    values: history.valuesMs.length,
    tasks: rows.length,
    families,
    unseen: unseen.slice(0, UNSEEN_MAX),
    unseenCount: unseen.length,
    worst: rows
      .sort((a, b) => (b.ksDistance ?? -1) - (a.ksDistance ?? -1) || order(a.task, b.task))
      .slice(0, WORST_MAX),
    slowdowns: slowdowns(logs),
    ...runCorrelations(correlations, resample),
  };
}

function runCorrelations(
  found: readonly RunCorrelation[],
  resample: Resampling,
): Pick<DurationFitsView, 'correlations' | 'correlationCount' | 'correlationsDrawn'> {
  const views = found.map(
    ({ pipeline, correlation, standardError, runs, isDrawn, ksDistance, ksP }): RunCorrelationView => ({
      pipeline,
      correlation,
      standardError,
      runs,
      isDrawn: isDrawn && resample === 'fitted',
      ksDistance,
      ksP,
    }),
  );
  views.sort((a, b) => Number(b.isDrawn) - Number(a.isDrawn) || b.correlation - a.correlation);
  return {
    correlations: views.slice(0, CORRELATIONS_MAX),
    correlationCount: views.length,
    correlationsDrawn: views.filter(({ isDrawn }) => isDrawn).length,
  };
}

/** Of each pool from the log that tells most of it. */
function slowdowns(logs: readonly Log[]): PoolSlowdownView[] {
  const best = new Map<string, PoolSlowdownView>();
  for (const log of logs)
    for (const [id, pool] of log.names.pools.name.entries()) {
      const slots = log.names.pools.slots[id];
      if (slots <= 0) continue;
      const { points, attempts } = fitSlowdown(log, id, slots);
      if (points.length > 0 && attempts > (best.get(pool)?.attempts ?? 0)) best.set(pool, { pool, attempts, points });
    }
  return [...best.values()];
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
