// Observed durations by night and task, from logs: what fits are made of, and what whole nights are drawn from. A night
// is the date that a run is for (its partition key), or else the date of its nominal or real start, UTC. Only attempts
// that succeeded count: a failed one says how long failing took.

import { GrowableFloat64, GrowableInt32 } from '../../../shared/base/growable.ts';
import { Interner } from '../../../shared/base/interner.ts';
import { US_PER_MS } from '../../../shared/base/time.ts';
import { EventKind, Outcome } from '../../../shared/model/event.ts';
import { type EventChunk, type Log, taskRunLabel } from '../../../shared/model/log.ts';

export interface DurationHistory {
  /** Task labels (`pipeline.task`). */
  readonly labels: readonly string[];
  /** `2025-12-24`, ascending. */
  readonly nights: readonly string[];
  /** Cell of night n and label l is `n x labels + l`; its values are `offsets[cell] … offsets[cell + 1])`. */
  readonly offsets: Int32Array;
  readonly valuesMs: Float64Array;
}

export function historyOf(logs: readonly Log[]): DurationHistory {
  const labels = new Interner();
  const found: Found = { label: new GrowableInt32(), night: [], valueMs: new GrowableFloat64() };
  for (const log of logs) collect(log, labels, found);
  const nights = [...new Set(found.night)].sort();
  const nightId = new Map(nights.map((night, id) => [night, id]));
  const cells = Int32Array.from(
    found.night,
    (night, i) => (nightId.get(night) as number) * labels.size + found.label.at(i),
  );
  return { labels: labels.texts, nights, ...byCell(cells, found.valueMs.finish(), nights.length * labels.size) };
}

interface Found {
  readonly label: GrowableInt32;
  readonly night: string[];
  readonly valueMs: GrowableFloat64;
}

function collect(log: Log, labels: Interner, found: Found): void {
  const startedUs = new Float64Array(log.taskRuns.run.length).fill(Number.NaN);
  for (const chunk of log.chunks)
    for (let i = 0; i < chunk.rows; i++) {
      const taskRun = chunk.taskRun[i];
      if (taskRun < 0) continue;
      if (chunk.kind[i] === EventKind.taskStarted) startedUs[taskRun] = chunk.timeUs[i];
      if (!isSuccess(chunk, i) || !(chunk.timeUs[i] >= startedUs[taskRun])) continue;
      found.label.push(labels.intern(taskRunLabel(log, taskRun)));
      found.night.push(nightOf(log, taskRun, startedUs[taskRun]));
      found.valueMs.push((chunk.timeUs[i] - startedUs[taskRun]) / US_PER_MS);
    }
}

const isSuccess = (chunk: EventChunk, i: number): boolean =>
  chunk.kind[i] === EventKind.taskEnded && chunk.code[i] === Outcome.success;

function nightOf({ runs, taskRuns }: Log, taskRun: number, startedUs: number): string {
  const run = taskRuns.run[taskRun];
  const date = run < 0 ? null : /(?:^|\/)date=(\d{4}-\d{2}-\d{2})/.exec(runs.logicalKey[run]);
  if (date) return date[1];
  const nominalUs = run < 0 ? Number.NaN : runs.nominalStartUs[run];
  return new Date((Number.isNaN(nominalUs) ? startedUs : nominalUs) / US_PER_MS).toISOString().slice(0, 10);
}

function byCell(cells: Int32Array, values: Float64Array, count: number): Pick<DurationHistory, 'offsets' | 'valuesMs'> {
  const offsets = new Int32Array(count + 1);
  for (const cell of cells) offsets[cell + 1]++;
  for (let i = 0; i < count; i++) offsets[i + 1] += offsets[i];
  const next = offsets.slice(0, count);
  const valuesMs = new Float64Array(values.length);
  for (let i = 0; i < cells.length; i++) valuesMs[next[cells[i]]++] = values[i];
  return { offsets, valuesMs };
}

/** All values of a label, over all nights. */
export function valuesOfLabel({ labels, nights, offsets, valuesMs }: DurationHistory, label: number): Float64Array {
  const all: number[] = [];
  for (let night = 0; night < nights.length; night++) {
    const cell = night * labels.length + label;
    for (let i = offsets[cell]; i < offsets[cell + 1]; i++) all.push(valuesMs[i]);
  }
  return Float64Array.from(all);
}
