// Writes the answer of a reference day: one line a task, `task,ready,start,finish,final`, integers in ms, no header,
// LF ends (REFERENCE_DAY). Digits go straight into bytes, a megabyte at a time, so a day of any size fits in memory.
// The file appears whole or not at all: it is written beside its place and renamed; only a device is written into.

import { closeSync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { ServiceError } from '../../shared/api/errors.ts';
import type { DayAnswer } from '../../shared/model/reference-day.ts';

const CHUNK_BYTES = 1 << 20;
/** Five numbers of at most 11 characters, their commas and the line's end. */
const LINE_BYTES_MAX = 60;
const COMMA = 44;
const LF = 10;
const ZERO = 48;
const MINUS = 45;

/** Throws ServiceError `bad-input` when it cannot be written there. */
export function writeDayAnswer(file: string, answer: DayAnswer): void {
  const there = statSync(file, { throwIfNoEntry: false });
  const isDevice = there !== undefined && !there.isFile() && !there.isDirectory();
  const partial = isDevice ? file : `${file}.${process.pid}.partial`;
  try {
    writeChunks(partial, dayAnswerChunks(answer));
    if (!isDevice) renameSync(partial, file);
  } catch (error) {
    if (!isDevice) rmSync(partial, { force: true });
    throw new ServiceError({
      code: 'bad-input',
      message: `the answer cannot be written: ${reasonOf(error)}`,
      place: file,
    });
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such folder',
  ENOTDIR: 'there is no such folder',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the disk is read-only',
  EISDIR: 'it is a folder',
  ENOSPC: 'the disk is full',
};

function reasonOf(error: unknown): string {
  const { code = '', message } = error as NodeJS.ErrnoException;
  return REASONS[code] ?? message;
}

function writeChunks(file: string, chunks: Iterable<Uint8Array>): void {
  const fd = openSync(file, 'w');
  try {
    for (const bytes of chunks) for (let done = 0; done < bytes.length; ) done += writeSync(fd, bytes, done);
  } finally {
    closeSync(fd);
  }
}

/** The file's bytes in pieces; each piece is valid until the next one is asked for. */
export function* dayAnswerChunks(answer: DayAnswer): Generator<Uint8Array> {
  const bytes = new Uint8Array(CHUNK_BYTES);
  let end = 0;
  for (let task = 0; task < answer.readyMs.length; task++) {
    if (end + LINE_BYTES_MAX > CHUNK_BYTES) {
      yield bytes.subarray(0, end);
      end = 0;
    }
    end = putInteger(bytes, end, task, COMMA);
    end = putInteger(bytes, end, answer.readyMs[task], COMMA);
    end = putInteger(bytes, end, answer.startMs[task], COMMA);
    end = putInteger(bytes, end, answer.finishMs[task], COMMA);
    end = putInteger(bytes, end, answer.finalMs[task], LF);
  }
  if (end > 0) yield bytes.subarray(0, end);
}

/** Decimal digits of a whole number and one more byte; returns the next free place. */
function putInteger(bytes: Uint8Array, at: number, value: number, last: number): number {
  let from = at;
  if (value < 0) bytes[from++] = MINUS;
  let rest = Math.abs(value);
  let digits = 1;
  for (let limit = 10; rest >= limit; limit *= 10) digits++;
  for (let i = from + digits - 1; i >= from; i--) {
    bytes[i] = ZERO + (rest % 10);
    rest = Math.floor(rest / 10);
  }
  bytes[from + digits] = last;
  return from + digits + 1;
}
