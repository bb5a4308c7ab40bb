// What a log says of a moment besides the states of its task runs: the slots in use of each pool, and the partition
// versions that are open. Columns over the whole log, made once; looking at a moment is a search. Which slots were in use
// is inferred (why/pool-use.ts); how full a version is, is not known from its span, and nobody says so here.

import { lastAtOrBefore } from '../base/ascending.ts';
import { float64Column, int32Column } from '../base/columns.ts';
import { EventKind, Evidence, valueEvidence } from '../model/event.ts';
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
  /** Row of the log's datasets. */
  readonly dataset: Int32Array;
  /** `events[date=2025-12-24]` */
  readonly label: readonly string[];
  readonly openedUs: Float64Array;
  /** When it was finalized; NaN when it never was. */
  readonly wholeUs: Float64Array;
  /** Rows when whole; NaN when unknown. */
  readonly rows: Float64Array;
  /** When somebody last read it while it was open and said how many rows there were; NaN for never. */
  readonly seenUs: Float64Array;
  readonly seenRows: Float64Array;
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

interface Write {
  readonly version: number;
  readonly openedUs: number;
  readonly wholeUs: number;
}

/** By write: recorded row counts of those who read its partition meanwhile; who says no version means the open one. */
function seenWhileOpen({ versions, chunks }: Log, writes: readonly Write[]) {
  const partitionOf = (version: number): string => `${versions.dataset[version]}/${versions.partitionKey[version]}`;
  const ofPartition = new Map<string, number[]>();
  for (const [i, { version }] of writes.entries())
    ofPartition.set(partitionOf(version), [...(ofPartition.get(partitionOf(version)) ?? []), i]);
  const us = new Float64Array(writes.length).fill(Number.NaN);
  const rows = new Float64Array(writes.length).fill(Number.NaN);
  for (const { rows: count, kind, version, timeUs, value, evidence } of chunks)
    for (let event = 0; event < count; event++) {
      if (kind[event] !== EventKind.read || version[event] < 0 || Number.isNaN(value[event])) continue;
      if (valueEvidence(evidence[event]) !== Evidence.recorded) continue;
      for (const i of ofPartition.get(partitionOf(version[event])) ?? []) {
        const { openedUs, wholeUs } = writes[i];
        if (timeUs[event] < openedUs || timeUs[event] >= wholeUs) continue;
        us[i] = timeUs[event];
        rows[i] = value[event];
      }
    }
  return { us, rows };
}

function writesOf(log: Log, reader: ChainReader): Writes {
  const { versions, names } = log;
  const writes = Array.from(versions.owner, (taskRun, version) => ({ taskRun, version })).flatMap(
    ({ taskRun, version }) => {
      const output = taskRun < 0 ? undefined : reader.story(taskRun).outputs.find((one) => one.version === version);
      if (output === undefined || !Number.isFinite(output.opened.us)) return [];
      return [{ taskRun, version, openedUs: output.opened.us, wholeUs: output.finalized.us, rows: output.rows }];
    },
  );
  writes.sort((a, b) => a.openedUs - b.openedUs || a.version - b.version);
  const seen = seenWhileOpen(log, writes);
  const labelOf = (version: number): string => {
    const key = versions.partitionKey[version];
    return `${names.datasets.name[versions.dataset[version]]}${key < 0 ? '' : `[${names.texts[key]}]`}`;
  };
  return {
    taskRun: int32Column(writes.length, (i) => writes[i].taskRun),
    version: int32Column(writes.length, (i) => writes[i].version),
    dataset: int32Column(writes.length, (i) => versions.dataset[writes[i].version]),
    label: writes.map(({ version }) => labelOf(version)),
    openedUs: float64Column(writes.length, (i) => writes[i].openedUs),
    wholeUs: float64Column(writes.length, (i) => writes[i].wholeUs),
    rows: float64Column(writes.length, (i) => writes[i].rows),
    seenUs: seen.us,
    seenRows: seen.rows,
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
