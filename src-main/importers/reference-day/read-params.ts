// Reads params.json of a reference day: two delays in milliseconds.

import { withRegularFile } from '../files/open-regular.ts';
import { isObject, type JsonObject, kindOf } from '../json/json-value.ts';
import { lastCounts, parseJson } from '../json/parse-json.ts';
import type { DaySink } from './read-table.ts';

export interface DayParams {
  readonly publishMs: number;
  readonly dispatchMs: number;
}

const SIZE_BYTES_MAX = 64 * 1024;

export async function readParams(path: string, { problems, hash }: DaySink): Promise<DayParams | null> {
  const read = await withRegularFile(path, async (file, sizeBytes) =>
    sizeBytes > SIZE_BYTES_MAX ? null : await file.readFile(),
  );
  if (!read.ok) {
    problems.error(path, null, read.error);
    return null;
  }
  const fault = (line: number, reason: string): null => {
    problems.error(path, line, reason);
    return null;
  };
  const bytes = read.value;
  if (bytes === null) return fault(1, `more than ${SIZE_BYTES_MAX} bytes where two numbers are wanted`);
  hash?.update(bytes);
  if (bytes.length === 0) return fault(1, 'the file is empty');
  const text = bytes.toString().replace(/^\ufeff/, '');
  const parsed = parseJson(text);
  if (!parsed.ok) return fault(parsed.error.line, parsed.error.reason);
  for (const repeated of parsed.value.repeatedKeys) fault(repeated.line, lastCounts(repeated));
  const { value } = parsed.value;
  if (!isObject(value)) return fault(1, 'an object with publish_ms and dispatch_ms is wanted');
  const publishMs = delay(value, 'publish_ms', fault);
  const dispatchMs = delay(value, 'dispatch_ms', fault);
  return publishMs === null || dispatchMs === null ? null : { publishMs, dispatchMs };
}

function delay(params: JsonObject, name: string, fault: (line: number, reason: string) => null): number | null {
  const value = params[name];
  if (value === undefined) return fault(1, `${name} is missing`);
  if (typeof value !== 'number') return fault(1, `${name} is ${kindOf(value)}: an integer in milliseconds is wanted`);
  if (!Number.isInteger(value)) return fault(1, `${name} is ${value}: not an integer`);
  if (value < 0) return fault(1, `${name} is ${value}: a delay cannot be negative`);
  return value;
}
