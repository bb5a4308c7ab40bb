// Sets one value in a scenario's document, named by its path: `pools.spark`, `orchestrator.loop.batch`,
// `pipelines.ingest.raw.tasks.load.duration.lognormal.median`. What a sweep over a parameter does, before the document
// is read; whether the value makes sense is for that to say.
// Names may hold dots themselves: the longest key that is there is taken. A key that is not there is made, in a mapping.

import { err, ok, type Result } from '../base/result.ts';

type Mapping = Record<string, unknown>;

/** A copy of the document with the value in it, or why the path leads nowhere. */
export function setParameter(document: unknown, path: string, value: unknown): Result<unknown, string> {
  const parts = path.split('.');
  if (parts.some((part) => part === '' || part === '__proto__')) return err(`${path} is no path to a value`);
  return set(document, parts, value, path);
}

function set(node: unknown, parts: readonly string[], value: unknown, path: string): Result<unknown, string> {
  if (parts.length === 0) return ok(value);
  if (Array.isArray(node)) {
    const index = /^\d{1,6}$/.test(parts[0]) ? Number(parts[0]) : node.length;
    if (index >= node.length) return err(`${path}: there is no ${parts[0]} in a list of ${node.length}`);
    const inner = set(node[index], parts.slice(1), value, path);
    return inner.ok ? ok(node.with(index, inner.value)) : inner;
  }
  if (!isMapping(node)) return err(`${path}: nothing can be set at ${parts.join('.')}`);
  const taken = keyLength(node, parts);
  const key = parts.slice(0, taken).join('.');
  const inner = set(Object.hasOwn(node, key) ? node[key] : {}, parts.slice(taken), value, path);
  return inner.ok ? ok({ ...node, [key]: inner.value }) : inner;
}

/** How many parts make the longest key that is there; one where none is. */
function keyLength(node: Mapping, parts: readonly string[]): number {
  for (let length = parts.length; length > 1; length--)
    if (Object.hasOwn(node, parts.slice(0, length).join('.'))) return length;
  return 1;
}

const isMapping = (node: unknown): node is Mapping => typeof node === 'object' && node !== null;

/** As YAML has it: whole and decimal numbers, true and false; anything else is text. */
export function parameterValue(text: string): unknown {
  if (/^-?\d{1,15}(\.\d{1,15})?$/.test(text)) return Number(text);
  return text === 'true' ? true : text === 'false' ? false : text;
}
