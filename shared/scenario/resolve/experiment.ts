// Turns the written base, backfills, faults and targets into what they mean.

import type { BackfillDef, Fault, FaultKind, FaultStep, FaultTiming, ScenarioBase, Target } from '../scenario.ts';
import type { BackfillDocument, BaseDocument, FaultDocument, TargetDocument } from '../schema/experiment.ts';
import type { Path, Resolving } from './context.ts';

/** The bundled company's own size. */
const SAMPLE = { seed: 7, pipelines: 2_000, taskRuns: 50_000 } as const;
/** Its cast and one more: the fewest pipelines and task runs that it can have (held to the generator's by a test). */
export const SMALLEST_SAMPLE = { pipelines: 11, taskRuns: 13 } as const;

export function resolveBase(r: Resolving, written: BaseDocument): ScenarioBase {
  if (written.day !== undefined) return { kind: 'day', path: written.day };
  if (written.log?.length === 0) r.error(['base', 'log'], 'no log');
  if (written.log !== undefined) return { kind: 'log', logs: written.log };
  const { seed = SAMPLE.seed, pipelines = SAMPLE.pipelines, taskRuns = SAMPLE.taskRuns } = written.sample ?? {};
  const fewest = SMALLEST_SAMPLE.pipelines;
  const fewestRuns = pipelines + SMALLEST_SAMPLE.taskRuns - fewest;
  if (pipelines < fewest)
    r.error(
      ['base', 'sample', 'pipelines'],
      `${pipelines} pipelines are too few: with its cast it has ${fewest} or more`,
    );
  else if (taskRuns < fewestRuns)
    r.error(
      ['base', 'sample', 'taskRuns'],
      `${taskRuns} task runs are too few: ${pipelines} pipelines have ${fewestRuns} or more`,
    );
  return { kind: 'sample', seed, pipelines, taskRuns };
}

export function resolveBackfill(r: Resolving, path: Path, w: BackfillDocument): BackfillDef {
  if (w.to < w.from) r.error([...path, 'to'], 'is before from');
  if (w.to - w.from > BACKFILL_DAYS_MAX) r.error([...path, 'to'], 'a backfill of more than ten years');
  const atMs = w.at === undefined ? 0 : r.fromStart(w.at);
  if (atMs < 0 || atMs >= r.frame.horizonMs) r.error([...path, 'at'], 'is not between start and horizon');
  return {
    pipeline: w.pipeline,
    fromDay: w.from,
    toDay: w.to,
    atMs,
    activeRuns: w.activeRuns ?? null,
    order: w.order ?? 'ascending',
  };
}

const BACKFILL_DAYS_MAX = 3_660;

/** What a kind needs: the step where it strikes when none is written, and whether it lasts. */
const FAULT_RULES: Readonly<Record<FaultKind, { step: FaultStep; lasts: 'needed' | 'never'; shared: boolean }>> = {
  'task-failure': { step: 'end', lasts: 'never', shared: true },
  'worker-loss': { step: 'heartbeat', lasts: 'needed', shared: false },
  crash: { step: 'finalize', lasts: 'never', shared: true },
  'zombie-writer': { step: 'finalize', lasts: 'needed', shared: true },
  'publish-lost': { step: 'publish', lasts: 'never', shared: true },
  'publish-duplicated': { step: 'publish', lasts: 'never', shared: true },
  'publish-late': { step: 'publish', lasts: 'needed', shared: true },
  'store-outage': { step: 'finalize', lasts: 'needed', shared: false },
  'late-source': { step: 'start', lasts: 'needed', shared: true },
};

export function resolveFault(r: Resolving, path: Path, w: FaultDocument): Fault {
  const rules = FAULT_RULES[w.kind];
  if (rules.lasts === 'needed' && w.lasts === undefined) r.error(path, `a ${w.kind} wants lasts: how long`);
  if (rules.lasts === 'never' && w.lasts !== undefined) r.error([...path, 'lasts'], `a ${w.kind} lasts for no time`);
  if (!rules.shared && w.share !== undefined)
    r.error([...path, 'share'], `a ${w.kind} strikes in time, not a share of task runs: write rate or at`);
  if (!rules.shared && w.once !== undefined)
    r.error([...path, 'once'], `a ${w.kind} strikes no single task run: write at`);
  return {
    kind: w.kind,
    of: w.of ?? '*',
    timing: timing(r, path, w),
    step: w.step ?? rules.step,
    ...(w.message === undefined ? {} : { message: w.message }),
    lasts: w.lasts ?? null,
  };
}

function timing(r: Resolving, path: Path, w: FaultDocument): FaultTiming {
  if (w.share !== undefined) return { kind: 'share', share: w.share };
  if (w.rate !== undefined) return { kind: 'rate', meanGapMs: w.rate };
  if (w.once !== undefined) return { kind: 'once', partition: w.once.partition ?? '', attempt: w.once.attempt ?? 1 };
  const moments = w.at === undefined ? [] : Array.isArray(w.at) ? w.at : [w.at];
  const atMs = moments.map((moment) => r.fromStart(moment)).sort((a, b) => a - b);
  if (atMs.some((ms) => ms < 0 || ms >= r.frame.horizonMs))
    r.error([...path, 'at'], 'is not between start and horizon');
  return { kind: 'schedule', atMs };
}

const QUANTILES = { p50: 0.5, p90: 0.9, p95: 0.95, p99: 0.99, 'p99.9': 0.999 } as const;

export function resolveTarget(r: Resolving, path: Path, w: TargetDocument): Target {
  if (w.makespan !== undefined) return { kind: 'makespan', maxMs: w.makespan };
  if (w.startLatency !== undefined) {
    const { of, ...spans } = w.startLatency;
    const quantiles = Object.entries(spans).flatMap(([key, maxMs]) =>
      maxMs === undefined ? [] : [{ q: QUANTILES[key as keyof typeof QUANTILES], maxMs }],
    );
    if (quantiles.length === 0) r.error([...path, 'startLatency'], 'wants at least one of p50, p90, p95, p99, p99.9');
    return { kind: 'startLatency', of: of ?? '*', quantiles };
  }
  const landing = w.landing as NonNullable<TargetDocument['landing']>;
  if (landing.zone !== undefined && landing.by === undefined)
    r.error([...path, 'landing', 'zone'], 'a zone belongs to by');
  return {
    kind: 'landing',
    dataset: landing.dataset,
    due:
      landing.by === undefined
        ? { kind: 'within', ms: landing.within ?? 0 }
        : { kind: 'clock', clockMs: landing.by, zone: landing.zone ?? r.frame.zone },
    share: landing.share ?? 1,
  };
}
