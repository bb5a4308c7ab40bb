// Reads the body of one request: an event, or a list of them (a batch). Each event is judged alone and turned into what
// is stored of it, named by the hash of exactly that, so the same event again is known. Stricter than reading a file in
// one thing: an object with a key twice is refused, because who sends it can still be told.

import { isUtf8 } from 'node:buffer';
import { hash } from 'node:crypto';
import type { ErrorCode } from '../../../shared/api/errors.ts';
import { LIMITS } from '../../../shared/base/limits.ts';
import { err, ok, type Result } from '../../../shared/base/result.ts';
import { canonicalJson } from '../json/canonical-json.ts';
import { isObject } from '../json/json-value.ts';
import { type ParsedJson, parseJson } from '../json/parse-json.ts';
import { type DocumentSlice, documentSlices, startOfText } from '../json/split-documents.ts';
import type { LineageEvent } from './lineage-event.ts';
import type { NamePool } from './name-pool.ts';
import { readEvent } from './read-event.ts';
import { storedForm } from './stored-form.ts';

/** Events of one request. */
export const BATCH_EVENTS_MAX = 10_000;

export interface ReceivedEvent {
  /** Its place in the batch, from 0. */
  readonly index: number;
  readonly contentHash: string;
  /** Canonical JSON of what is stored. */
  readonly event: string;
  readonly atUs: number;
  /** The same, read: what a log is made of. */
  readonly lineage: LineageEvent;
  /** Sentences on what could not be taken of it. */
  readonly remarks: readonly string[];
}

export interface Refusal {
  readonly code: ErrorCode;
  readonly reason: string;
}

export interface ReceivedBody {
  readonly isBatch: boolean;
  readonly events: readonly ReceivedEvent[];
  readonly refused: readonly (Refusal & { readonly index: number })[];
}

const OPEN_ARRAY = '['.charCodeAt(0);

/** Whether a body that starts like this is a list; null while only space has come. */
export function startsBatch(bytes: Uint8Array): boolean | null {
  for (let at = startOfText(bytes); at < bytes.length; at++) {
    if (bytes[at] > 32) return bytes[at] === OPEN_ARRAY;
  }
  return null;
}

/** The error: a body of which nothing can be used. A batch of which no event can be used is no error. */
export function receiveEvents(bytes: Uint8Array, pool: NamePool): Result<ReceivedBody, Refusal> {
  return startsBatch(bytes) === true ? receiveBatch(bytes, pool) : receiveOne(bytes, pool);
}

function receiveOne(bytes: Uint8Array, pool: NamePool): Result<ReceivedBody, Refusal> {
  const received = receive(bytes, 0, pool);
  if (!received.ok) return received;
  return ok({ isBatch: false, events: [received.value], refused: [] });
}

function receiveBatch(bytes: Uint8Array, pool: NamePool): Result<ReceivedBody, Refusal> {
  const documents = cut(bytes);
  if (!documents.ok) return documents;
  const events: ReceivedEvent[] = [];
  const refused: (Refusal & { index: number })[] = [];
  for (const [index, { start, end }] of documents.value.entries()) {
    const received = receive(bytes.subarray(start, end), index, pool);
    if (received.ok) events.push(received.value);
    else refused.push({ index, ...received.error });
  }
  return ok({ isBatch: true, events, refused });
}

function cut(bytes: Uint8Array): Result<readonly DocumentSlice[], Refusal> {
  const slices = documentSlices(bytes, 'array');
  const found: DocumentSlice[] = [];
  let next = slices.next();
  for (; !next.done; next = slices.next()) {
    found.push(next.value);
    if (found.length <= BATCH_EVENTS_MAX) continue;
    return err({ code: 'batch-too-large', reason: `a batch has at most ${BATCH_EVENTS_MAX} events` });
  }
  return next.value === null ? ok(found) : err({ code: 'not-json', reason: next.value.reason });
}

function receive(bytes: Uint8Array, index: number, pool: NamePool): Result<ReceivedEvent, Refusal> {
  if (bytes.length > LIMITS.eventBytes) return err({ code: 'event-too-large', reason: tooLarge(bytes.length) });
  const parsed = parseBody(bytes);
  if (!parsed.ok) return parsed;
  const { value, text } = parsed.value;
  // Read as it came first: what is wrong with it is told of the event that was sent.
  const judged = readEvent(value, 0, pool);
  if (!judged.ok) {
    const { reason, template } = judged.error;
    return err({ code: template === '' ? 'not-an-event' : 'template', reason });
  }
  const stored = isObject(value) ? storedForm(value, text) : value;
  const kept = stored === value ? judged : readEvent(stored, 0, pool);
  if (!kept.ok) return err({ code: 'not-an-event', reason: kept.error.reason });
  const event = canonicalJson(stored);
  const { leftOut, remarks } = judged.value;
  return ok({
    index,
    contentHash: hash('sha256', event),
    event,
    atUs: kept.value.event.timeUs,
    lineage: kept.value.event,
    remarks: [...leftOut, ...remarks],
  });
}

/** One JSON value, refused where it is broken, too deep or ambiguous. */
export function parseBody(bytes: Uint8Array): Result<ParsedJson & { readonly text: string }, Refusal> {
  if (!isUtf8(bytes)) return err({ code: 'not-json', reason: 'not UTF-8 text' });
  const from = startOfText(bytes);
  const text = Buffer.from(bytes.buffer, bytes.byteOffset + from, bytes.length - from).toString();
  const parsed = parseJson(text);
  if (!parsed.ok) {
    const { kind, reason, line } = parsed.error;
    const code = kind === 'depth' ? 'too-deep' : kind === 'limit' ? 'too-large' : 'not-json';
    return err({ code, reason: line > 1 ? `line ${line}: ${reason}` : reason });
  }
  const [repeated] = parsed.value.repeatedKeys;
  if (repeated !== undefined) return err({ code: 'duplicate-key', reason: repeated.reason });
  return ok({ ...parsed.value, text });
}

export const tooLarge = (bytes: number): string => `an event of ${bytes} bytes: at most ${LIMITS.eventBytes} are taken`;

/** Of a stored event; null for a text that none of ours wrote. */
export function storedEvent(text: string, pool: NamePool): LineageEvent | null {
  const parsed = parseJson(text);
  if (!parsed.ok) return null;
  const read = readEvent(parsed.value.value, 0, pool);
  return read.ok ? read.value.event : null;
}
