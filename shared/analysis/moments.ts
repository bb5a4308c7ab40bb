// What a log says of a moment besides the states of its task runs: the slots in use of each pool, and the partition
// versions that are open. Columns over the whole log, made once; looking at a moment is a search. Which slots were in use
// is inferred (why/pool-use.ts); how full a version is, is not known from its span, and nobody says so here.

import { lastAtOrBefore } from '../base/ascending.ts';
import { float64Column, int32Column } from '../base/columns.ts';
import type { Log } from '../model/log.ts';
import type { ChainReader } from './why/critical-chain.ts';

export interface Moments {
  readonly pools: readonly PoolSteps[];
  readonly writes: Writes;
}

/** A pool with a limit. `used[i]` slots are in use from `us[i]` on; ascending; none before the first. */
export interface PoolSteps {
  /** Row of the log's pools. */
  readonly pool: number;
  readonly name: string;
  readonly slots: number;
  readonly us: Float64Array;
  readonly used: Int32Array;
}

/** Versions whose opening is known, by when they were opened. */
export interface Writes {
  readonly taskRun: Int32Array;
  /** Row of the log's versions. */
  readonly version: Int32Array;
  /** `events[date=2025-12-24]` */
  readonly label: readonly string[];
  readonly openedUs: Float64Array;
  /** When it was finalized; NaN when it never was. */
  readonly wholeUs: Float64Array;
  /** Rows when whole; NaN when unknown. */
  readonly rows: Float64Array;
}

/** `reader` must be of this log. */
export function momentsOf(log: Log, reader: ChainReader): Moments {
  const { pools } = log.names;
  const limited = pools.name.flatMap((name, pool) => {
    const slots = reader.pools.sizeOf(pool);
    return slots > 0 ? [{ pool, name, slots, ...reader.pools.steps(pool) }] : [];
  });
  return { pools: limited, writes: writesOf(log, reader) };
}

function writesOf({ versions, names }: Log, reader: ChainReader): Writes {
  const writes = Array.from(versions.owner, (taskRun, version) => ({ taskRun, version })).flatMap(
    ({ taskRun, version }) => {
      const output = taskRun < 0 ? undefined : reader.story(taskRun).outputs.find((one) => one.version === version);
      if (output === undefined || !Number.isFinite(output.opened.us)) return [];
      return [{ taskRun, version, openedUs: output.opened.us, wholeUs: output.finalized.us, rows: output.rows }];
    },
  );
  writes.sort((a, b) => a.openedUs - b.openedUs || a.version - b.version);
  const labelOf = (version: number): string => {
    const key = versions.partitionKey[version];
    return `${names.datasets.name[versions.dataset[version]]}${key < 0 ? '' : `[${names.texts[key]}]`}`;
  };
  return {
    taskRun: int32Column(writes.length, (i) => writes[i].taskRun),
    version: int32Column(writes.length, (i) => writes[i].version),
    label: writes.map(({ version }) => labelOf(version)),
    openedUs: float64Column(writes.length, (i) => writes[i].openedUs),
    wholeUs: float64Column(writes.length, (i) => writes[i].wholeUs),
    rows: float64Column(writes.length, (i) => writes[i].rows),
  };
}

/** Slots in use at a moment. */
export function usedAt({ us, used }: Pick<PoolSteps, 'us' | 'used'>, atUs: number): number {
  const row = lastAtOrBefore(us, atUs);
  return row < 0 ? 0 : used[row];
}

/** Rows of the versions that are open at a moment, the first opened first. */
export function openAt({ openedUs, wholeUs }: Pick<Writes, 'openedUs' | 'wholeUs'>, atUs: number): number[] {
  const rows: number[] = [];
  for (let i = 0; i <= lastAtOrBefore(openedUs, atUs); i++) if (!(wholeUs[i] <= atUs)) rows.push(i);
  return rows;
}
