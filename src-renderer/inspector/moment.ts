// A moment of a log as the inspector says it: the fullest pools with who is ready and has no slot, what is being written,
// and who has read too early. Choosing and counting rows only; times and slots are the log's.

import { type Moments, openAt, usedAt } from '../../shared/analysis/moments.ts';
import type { TimelineView } from '../../shared/api/views.ts';
import { msBetween } from '../../shared/base/time.ts';
import type { EarlyRead } from '../state/early-reads.ts';

export interface MomentPool {
  readonly name: string;
  readonly slots: number;
  readonly used: number;
  /** Task runs that are ready and have no slots yet. */
  readonly waiting: number;
}

export interface MomentWrite {
  readonly label: string;
  readonly openedUs: number;
  readonly wholeUs: number;
  /** In whole minutes once it is one. */
  readonly sinceMs: number;
  /** Of the time that it is open in all, not of its rows; NaN when it never was whole. */
  readonly share: number;
  readonly isWhole: boolean;
  /** Of which rows when whole; NaN when unknown. */
  readonly rows: number;
  /** How many of them a reader met by now, and when; NaN for nobody. */
  readonly seenRows: number;
  readonly seenUs: number;
}

export interface Moment {
  readonly pools: readonly MomentPool[];
  readonly writes: readonly MomentWrite[];
  readonly moreWrites: number;
  readonly earlyReads: readonly { readonly taskRun: number; readonly timeUs: number; readonly label: string }[];
}

const POOLS_SHOWN = 4;
const WRITES_SHOWN = 5;
const EARLY_SHOWN = 3;
const MINUTE_MS = 60_000;

type Shown = Pick<TimelineView, 'task' | 'taskPipeline' | 'taskNames' | 'pool' | 'times'>;

/**
 * `pipeline`: only what is of it, then also what is whole by now; null for all. What somebody reads too early in this
 * night comes first, and belongs to the reader as well.
 */
export function momentAt(
  moments: Moments,
  timeline: Shown,
  early: readonly EarlyRead[],
  us: number,
  pipeline: number | null,
): Moment {
  const isShown = (taskRun: number): boolean =>
    pipeline === null || timeline.taskPipeline[timeline.task[taskRun]] === pipeline;
  const { writes } = moments;
  const readEarly = new Set(early.filter(({ taskRun }) => isShown(taskRun)).map(({ version }) => version));
  const isReadEarly = (row: number): boolean => readEarly.has(writes.version[row]);
  const candidates =
    pipeline === null
      ? openAt(writes, us)
      : Array.from(writes.openedUs.keys()).filter(
          (i) => writes.openedUs[i] <= us && (isShown(writes.taskRun[i]) || isReadEarly(i)),
        );
  const rows = [...candidates.filter(isReadEarly), ...candidates.filter((row) => !isReadEarly(row))];
  const read = early.filter(({ taskRun, timeUs }) => timeUs <= us && isShown(taskRun));
  return {
    pools: poolsAt(moments, timeline, us, pipeline),
    writes: rows.slice(0, WRITES_SHOWN).map((row) => writeAt(moments, row, us)),
    moreWrites: Math.max(0, rows.length - WRITES_SHOWN),
    earlyReads: read
      .slice(0, EARLY_SHOWN)
      .map(({ taskRun, timeUs }) => ({ taskRun, timeUs, label: timeline.taskNames[timeline.task[taskRun]] })),
  };
}

/** The fullest first; of a pipeline, those that its task runs use. */
function poolsAt({ pools }: Moments, timeline: Shown, us: number, pipeline: number | null): MomentPool[] {
  const waiting = waitingAt(timeline, us);
  const own = new Set<number>();
  if (pipeline !== null) {
    for (const [i, task] of timeline.task.entries())
      if (timeline.taskPipeline[task] === pipeline) own.add(timeline.pool[i]);
  }
  return pools
    .filter(({ pool }) => pipeline === null || own.has(pool))
    .map((pool) => ({
      name: pool.name,
      slots: pool.slots,
      used: usedAt(pool, us),
      waiting: waiting.get(pool.pool) ?? 0,
    }))
    .sort((a, b) => b.used / b.slots - a.used / a.slots)
    .slice(0, POOLS_SHOWN);
}

/** By pool: ready, and neither queued with slots nor started. */
function waitingAt({ times, pool }: Shown, us: number): Map<number, number> {
  const counts = new Map<number, number>();
  const { readyUs, queuedUs, startedUs } = times;
  for (let i = 0; i < readyUs.length; i++) {
    if (pool[i] < 0 || !(readyUs[i] <= us) || startedUs[i] <= us || queuedUs[i] <= us) continue;
    if (Number.isNaN(startedUs[i]) && Number.isNaN(queuedUs[i])) continue;
    counts.set(pool[i], (counts.get(pool[i]) ?? 0) + 1);
  }
  return counts;
}

function writeAt({ writes }: Moments, row: number, us: number): MomentWrite {
  const [openedUs, wholeUs] = [writes.openedUs[row], writes.wholeUs[row]];
  const sinceMs = msBetween(openedUs, us);
  return {
    label: writes.label[row],
    openedUs,
    wholeUs,
    sinceMs: sinceMs < MINUTE_MS ? sinceMs : Math.floor(sinceMs / MINUTE_MS) * MINUTE_MS,
    share: (us - openedUs) / (wholeUs - openedUs),
    isWhole: wholeUs <= us,
    rows: writes.rows[row],
    seenRows: writes.seenUs[row] <= us ? writes.seenRows[row] : Number.NaN,
    seenUs: writes.seenUs[row],
  };
}
