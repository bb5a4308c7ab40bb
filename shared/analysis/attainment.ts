// Deadlines of one log: met, missed or unknown, as counts. One night proves no 99.5 % (ARCHITECTURE, deadline).
// A landing that nobody recorded is unknown, unless the log shows that it cannot have been in time.

import { msBetween } from '../base/time.ts';
import type { Catalog } from '../model/catalog.ts';
import { Outcome } from '../model/event.ts';
import { type Log, taskRunLabel } from '../model/log.ts';
import type { TaskRunTimes } from './task-run-times.ts';

export interface DeadlineRow {
  readonly taskRun: number;
  readonly label: string;
  readonly pipeline: number;
  /** "" when unknown. */
  readonly owner: string;
  readonly dueUs: number;
  /** NaN when it is not known to have landed. */
  readonly landedUs: number;
  /** Landed - due; negative when early; NaN when unknown, or when it never landed. */
  readonly lateMs: number;
  /** `missed` with no landing: it failed, or had not even started when it was due. */
  readonly verdict: 'met' | 'missed' | 'unknown';
}

export interface AttainmentReport {
  readonly total: number;
  readonly met: number;
  readonly missed: number;
  readonly unknown: number;
  /** Missed first (never landed, then latest first); then unknown by due time; then met by smallest margin. All. */
  readonly rows: readonly DeadlineRow[];
}

/** `times` must be of this log. Owners come from `catalog`, found by name: its rows are not the log's. */
export function attainment(
  log: Pick<Log, 'names' | 'taskRuns'>,
  times: TaskRunTimes,
  catalog?: Pick<Catalog, 'pipelines'>,
): AttainmentReport {
  const ownerOf = ownersByName(log.names, catalog);
  const rows: DeadlineRow[] = [];
  const { deadlineUs, task } = log.taskRuns;
  const count = { met: 0, missed: 0, unknown: 0 };
  for (let taskRun = 0; taskRun < deadlineUs.length; taskRun++) {
    const dueUs = deadlineUs[taskRun];
    if (Number.isNaN(dueUs)) continue;
    const pipeline = log.names.tasks.pipeline[task[taskRun]];
    const landedUs = times.landedUs[taskRun];
    const verdict = judge(times, taskRun, dueUs);
    count[verdict]++;
    const owner = ownerOf(pipeline);
    const lateMs = msBetween(dueUs, landedUs);
    rows.push({ taskRun, label: taskRunLabel(log, taskRun), pipeline, owner, dueUs, landedUs, lateMs, verdict });
  }
  rows.sort(worstFirst);
  return { total: rows.length, ...count, rows };
}

/** The owner of a pipeline by its row in the log's names; "" when unknown. */
function ownersByName(names: Log['names'], catalog?: Pick<Catalog, 'pipelines'>): (pipeline: number) => string {
  if (catalog === undefined) return () => '';
  const { namespace, name, owner } = catalog.pipelines;
  const byName = new Map(name.map((text, i) => [`${namespace[i]}\n${text}`, owner[i]]));
  return (pipeline) => byName.get(`${names.pipelines.namespace[pipeline]}\n${names.pipelines.name[pipeline]}`) ?? '';
}

function judge(times: TaskRunTimes, taskRun: number, dueUs: number): DeadlineRow['verdict'] {
  const landedUs = times.landedUs[taskRun];
  if (!Number.isNaN(landedUs)) return landedUs <= dueUs ? 'met' : 'missed';
  const outcome = times.outcome[taskRun];
  const failed = outcome === Outcome.failed || outcome === Outcome.aborted || outcome === Outcome.upstreamFailed;
  return failed || times.startedUs[taskRun] > dueUs ? 'missed' : 'unknown';
}

const ORDER = { missed: 0, unknown: 1, met: 2 } as const;

function worstFirst(a: DeadlineRow, b: DeadlineRow): number {
  if (a.verdict !== b.verdict) return ORDER[a.verdict] - ORDER[b.verdict];
  if (a.verdict === 'unknown') return a.dueUs - b.dueUs || a.taskRun - b.taskRun;
  const late = (row: DeadlineRow): number => (Number.isNaN(row.lateMs) ? Number.MAX_VALUE : row.lateMs);
  return late(b) - late(a) || a.taskRun - b.taskRun;
}
