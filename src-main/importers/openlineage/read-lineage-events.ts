// Reads the events of one file: cut into documents, each parsed and checked alone. A document that is no event is a
// located problem and the others are read; when none is one, or the file itself is broken, one problem says so and
// nothing is given. Yields to the event loop between batches, so that a large file can be watched and cancelled.

import { isUtf8 } from 'node:buffer';
import { setImmediate } from 'node:timers/promises';
import { type CancelSignal, throwIfCancelled } from '../../../shared/base/cancel.ts';
import { LIMITS } from '../../../shared/base/limits.ts';
import { type JsonFault, lastCounts, parseJson } from '../json/parse-json.ts';
import { type DocumentShape, type DocumentSlice, documentSlices } from '../json/split-documents.ts';
import { ProblemList } from '../problem-list.ts';
import type { LineageEvent } from './lineage-event.ts';
import { NamePool } from './name-pool.ts';
import { readEvent } from './read-event.ts';

const BATCH_BYTES = 4 * 1024 * 1024;
/** A file that has held no event for so long holds none. */
const DOCUMENTS_WITHOUT_EVENT_MAX = 10_000;

export interface LineageInput {
  readonly file: string;
  readonly bytes: Uint8Array;
  readonly shape: DocumentShape;
}

export interface ReadWatch {
  readonly signal: CancelSignal;
  /** How much of the bytes is read, 0 … 1. */
  onShare(share: number): void;
}

export interface LineageReading {
  /** Empty when the file as a whole is not usable. */
  readonly events: readonly LineageEvent[];
  /** Documents that were found. */
  readonly documents: number;
}

export async function readLineageEvents(
  input: LineageInput,
  watch: ReadWatch,
  problems: ProblemList,
): Promise<LineageReading> {
  const reader = new EventFileReader(input);
  const slices = documentSlices(input.bytes, input.shape);
  let batchEnd = BATCH_BYTES;
  let next = slices.next();
  for (; !next.done && !reader.isHopeless; next = slices.next()) {
    reader.read(next.value);
    if (next.value.end < batchEnd) continue;
    batchEnd = next.value.end + BATCH_BYTES;
    watch.onShare(next.value.end / input.bytes.length);
    await setImmediate();
    throwIfCancelled(watch.signal);
  }
  return reader.finish(next.done ? next.value : null, problems);
}

class EventFileReader {
  readonly #input: LineageInput;
  readonly #pool = new NamePool();
  readonly #events: LineageEvent[] = [];
  /** Of single documents; forgotten when the whole file is refused. */
  readonly #problems = new ProblemList();
  #firstFault: JsonFault | null = null;
  #documents = 0;
  #templates = 0;

  constructor(input: LineageInput) {
    this.#input = input;
  }

  get isHopeless(): boolean {
    return this.#events.length === 0 && this.#documents >= DOCUMENTS_WITHOUT_EVENT_MAX;
  }

  read(slice: DocumentSlice): void {
    this.#documents++;
    const fault = this.#readDocument(slice);
    if (fault === null) return;
    this.#firstFault ??= fault;
    this.#problems.error(this.#input.file, fault.line, fault.reason);
  }

  finish(broken: JsonFault | null, problems: ProblemList): LineageReading {
    const { file } = this.#input;
    const documents = this.#documents;
    const refusal = this.#refusal(broken);
    if (refusal !== null) {
      problems.error(file, refusal.line, refusal.reason);
      return { events: [], documents };
    }
    problems.addAll(this.#problems);
    const lost = documents - this.#events.length;
    if (lost > 0) problems.warning(file, null, `${lost} of ${documents} events were not read`);
    return { events: this.#events, documents };
  }

  /** Why nothing of the file is used, or null. */
  #refusal(broken: JsonFault | null): JsonFault | null {
    if (broken !== null) return { ...broken, reason: `${broken.reason}; nothing of this file was read` };
    if (this.#events.length > 0) return null;
    if (this.#firstFault === null) return { line: 1, reason: 'an empty list: there is no event' };
    const { line, reason } = this.#firstFault;
    const documents = this.#documents;
    if (documents === 1) return { line, reason };
    const which = this.isHopeless ? `the first ${documents}` : `the ${documents}`;
    const all =
      this.#templates === documents ? `all ${documents} events are templates` : `none of ${which} events could be read`;
    return { line, reason: `${reason}; ${all}` };
  }

  /** Keeps the event, or says why there is none. */
  #readDocument({ start, end, line }: DocumentSlice): JsonFault | null {
    const size = end - start;
    if (size > LIMITS.eventBytes) {
      return { line, reason: `an event of ${size} bytes: at most ${LIMITS.eventBytes} are read` };
    }
    const bytes = this.#input.bytes.subarray(start, end);
    if (!isUtf8(bytes)) return { line, reason: 'not UTF-8 text' };
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, size).toString();
    const parsed = parseJson(text);
    if (!parsed.ok) return { line: line + parsed.error.line - 1, reason: parsed.error.reason };
    const read = readEvent(parsed.value.value, line, this.#pool);
    if (!read.ok) {
      const { template, reason } = read.error;
      if (template !== '') this.#templates++;
      return { line: line + linesBefore(text, template), reason };
    }
    for (const repeated of parsed.value.repeatedKeys) this.#note(line + repeated.line - 1, lastCounts(repeated));
    for (const reason of read.value.remarks) this.#note(line, reason);
    for (const reason of read.value.leftOut) this.#problems.error(this.#input.file, line, reason);
    this.#events.push(read.value.event);
    return null;
  }

  #note(line: number, reason: string): void {
    this.#problems.warning(this.#input.file, line, reason);
  }
}

/** How many lines of a text come before a placeholder in it; 0 when it stands there in another spelling. */
function linesBefore(text: string, placeholder: string): number {
  const at = placeholder === '' ? -1 : text.indexOf(placeholder);
  return at < 0 ? 0 : text.slice(0, at).split('\n').length - 1;
}
