// One thing changed in the pieces of a log. Refused in a plain sentence where it means nothing: an unknown pool, a source
// that was on time, a reader that nobody writes for.

import type { ReplayChange } from '../../../shared/api/views-why.ts';
import { didYouMean } from '../../../shared/base/nearest-name.ts';
import { err, ok, type Result } from '../../../shared/base/result.ts';
import { type Log, taskRunLabel } from '../../../shared/model/log.ts';
import type { Piece, ReplayPieces } from './pieces.ts';
import type { ReplayPool } from './replay-plan.ts';

export interface Changed {
  readonly pieces: readonly Piece[];
  readonly pools: readonly ReplayPool[];
  /** By piece: 1 when it is not there any more. */
  readonly removed: Uint8Array;
}

export interface ChangeInput {
  readonly log: Log;
  readonly replay: ReplayPieces;
  readonly pools: readonly ReplayPool[];
  /** Most slots that one task run takes, by pool. */
  readonly largest: Int32Array;
}

export function applyChange(input: ChangeInput, change: ReplayChange): Result<Changed, string> {
  const { replay, pools } = input;
  const same: Changed = { pieces: replay.pieces, pools, removed: new Uint8Array(replay.pieces.length) };
  switch (change.kind) {
    case 'none':
      return ok(same);
    case 'source-on-time':
      return sourceOnTime(input, same, change.taskRun);
    case 'pool-slots':
      return poolSlots(input, same, change.pool, change.slots);
    case 'remove-task-runs':
      return ok(without(same, new Set(change.taskRuns)));
    case 'remove-pipeline':
      return removePipeline(input, same, change.pipeline);
    case 'declare-dependency':
      return declareDependency(input, same, change.taskRun, change.dataset);
    case 'duration':
      return duration(input, same, change.taskRun, change.ms);
  }
}

function sourceOnTime({ log, replay }: ChangeInput, same: Changed, taskRun: number): Result<Changed, string> {
  const first = replay.firstOf[taskRun] ?? -1;
  if (first < 0) return err(neverRan(log, taskRun));
  if (replay.pieces[first].sourceMs === 0)
    return err(`the log shows no late source of ${taskRunLabel(log, taskRun)}: it was ready when its run was due`);
  return ok(edited(same, first, (piece) => ({ ...piece, releaseMs: piece.releaseMs - piece.sourceMs, sourceMs: 0 })));
}

function poolSlots(
  { pools, largest }: ChangeInput,
  same: Changed,
  name: string,
  slots: number,
): Result<Changed, string> {
  const row = pools.findIndex((pool) => pool.name === name);
  if (row < 0)
    return err(
      `there is no pool "${name}"${didYouMean(
        name,
        pools.map((pool) => pool.name),
      )}`,
    );
  if (pools[row].slots === null)
    return err(`the log does not tell how many slots pool ${name} had, so its waits are kept as they were`);
  if (slots < largest[row]) return err(`a task run of pool ${name} takes ${largest[row]} slots, ${slots} are too few`);
  return ok({ ...same, pools: pools.map((pool, i) => (i === row ? { ...pool, slots } : pool)) });
}

function removePipeline({ log }: ChangeInput, same: Changed, name: string): Result<Changed, string> {
  const { pipelines, tasks } = log.names;
  if (!pipelines.name.includes(name)) return err(`there is no pipeline "${name}"${didYouMean(name, pipelines.name)}`);
  const gone = new Set<number>();
  log.taskRuns.task.forEach((task, i) => {
    if (pipelines.name[tasks.pipeline[task]] === name) gone.add(i);
  });
  return ok(without(same, gone));
}

/** Nobody waits for them, and they take nothing. */
function without(same: Changed, gone: ReadonlySet<number>): Changed {
  const removed = Uint8Array.from(same.pieces, ({ taskRun }) => (gone.has(taskRun) ? 1 : 0));
  const pieces = same.pieces.map((piece, i) => {
    if (removed[i] === 1)
      return { ...piece, releaseMs: 0, sourceMs: 0, delayMs: 0, startUpMs: 0, runMs: 0, publishMs: 0, waits: [] };
    if (!piece.waits.some((wait) => removed[wait.piece] === 1)) return piece;
    const waits = piece.waits.filter((wait) => removed[wait.piece] === 0);
    // What only waited for them comes when it was let go.
    return {
      ...piece,
      waits,
      releaseMs: waits.length === 0 ? Math.max(piece.releaseMs, piece.letGoMs) : piece.releaseMs,
    };
  });
  return { ...same, pieces, removed };
}

function declareDependency(
  { log, replay }: ChangeInput,
  same: Changed,
  taskRun: number,
  name: string,
): Result<Changed, string> {
  const first = replay.firstOf[taskRun] ?? -1;
  if (first < 0) return err(neverRan(log, taskRun));
  const { datasets } = log.names;
  const dataset = datasets.name.indexOf(name);
  if (dataset < 0) return err(`there is no dataset "${name}"${didYouMean(name, datasets.name)}`);
  const writer = writerFor(log, replay, taskRun, dataset);
  if (writer < 0)
    return err(`nothing in the log writes ${name} for the same night as ${taskRunLabel(log, taskRun)} ran`);
  if (waitsFor(same.pieces, writer, first))
    return err(`${taskRunLabel(log, same.pieces[writer].taskRun)} itself waits for ${taskRunLabel(log, taskRun)}`);
  return ok(
    edited(same, first, (piece) => ({ ...piece, waits: [...piece.waits, { piece: writer, by: 'publish' as const }] })),
  );
}

/** The first piece that wrote the partition of the reader's own logical key; of several the one of its first writer. */
function writerFor(log: Log, { firstOf }: ReplayPieces, reader: number, dataset: number): number {
  const { versions, runs, taskRuns } = log;
  const key = runs.logicalKey[taskRuns.run[reader]];
  for (let version = 0; version < versions.dataset.length; version++) {
    const owner = versions.owner[version];
    if (versions.dataset[version] !== dataset || owner < 0 || owner === reader || firstOf[owner] < 0) continue;
    const partition = versions.partitionKey[version] < 0 ? '' : log.names.texts[versions.partitionKey[version]];
    if (partition === key || runs.logicalKey[taskRuns.run[owner]] === key) return firstOf[owner];
  }
  return -1;
}

/** Whether a piece waits for another, directly or not. */
function waitsFor(pieces: readonly Piece[], from: number, on: number): boolean {
  const seen = new Set([from]);
  for (const at of seen) {
    if (at === on) return true;
    for (const { piece } of pieces[at].waits) seen.add(piece);
  }
  return false;
}

function duration({ log, replay }: ChangeInput, same: Changed, taskRun: number, ms: number): Result<Changed, string> {
  if ((replay.firstOf[taskRun] ?? -1) < 0) return err(neverRan(log, taskRun));
  return ok({
    ...same,
    pieces: same.pieces.map((piece) => (piece.taskRun === taskRun ? { ...piece, runMs: Math.round(ms) } : piece)),
  });
}

const neverRan = (log: Log, taskRun: number): string =>
  taskRun >= 0 && taskRun < log.taskRuns.task.length
    ? `${taskRunLabel(log, taskRun)} never ran in this log`
    : `there is no task run ${taskRun} in this log`;

function edited(same: Changed, row: number, edit: (piece: Piece) => Piece): Changed {
  return { ...same, pieces: same.pieces.map((piece, i) => (i === row ? edit(piece) : piece)) };
}
