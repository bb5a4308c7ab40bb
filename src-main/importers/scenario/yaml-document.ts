// Parses one YAML document to plain values and remembers where each of them stands. What YAML allows and a scenario has
// no use for is refused: several documents, tags, keys that are no text, `__proto__`. Aliases count against a limit
// when they are expanded, so a small file cannot become a large one.

import {
  type Document,
  isAlias,
  isCollection,
  isMap,
  isScalar,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  visit,
} from 'yaml';
import { LIMITS } from '../../../shared/base/limits.ts';
import { quote } from '../text/quote.ts';

export interface LineReason {
  /** 1-based, or null. */
  readonly line: number | null;
  readonly reason: string;
}

export type Path = readonly (string | number)[];

export interface YamlDocument {
  readonly value: unknown;
  readonly problems: readonly LineReason[];
  /** The line of what stands at a path; of the nearest thing above it when it is not there. `atKey`: of the key itself. */
  lineOf(path: Path, atKey: boolean): number | null;
}

const ALIASES_MAX = 1_000;

export function readYaml(text: string): YamlDocument {
  const lines = new LineCounter();
  try {
    const document = parseDocument(text, {
      lineCounter: lines,
      version: '1.2',
      schema: 'core',
      uniqueKeys: true,
      stringKeys: false,
      logLevel: 'error',
      prettyErrors: false,
    });
    return readDocument(document, lines);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return unreadable('nested too deeply to be read');
  }
}

const unreadable = (reason: string): YamlDocument => ({
  value: null,
  problems: [{ line: null, reason }],
  lineOf: () => null,
});

function readDocument(document: Document.Parsed, lines: LineCounter): YamlDocument {
  const lineAt = (offset: number | undefined): number | null =>
    offset === undefined ? null : Math.max(1, lines.linePos(offset).line);
  const problems: LineReason[] = [...document.errors, ...document.warnings].map((fault) => ({
    line: lineAt(fault.pos[0]),
    reason: sentence(fault.code, fault.message),
  }));
  for (const { offset, reason } of oddities(document)) problems.push({ line: lineAt(offset), reason });
  const lineOf = (path: Path, atKey: boolean): number | null => lineAt(offsetOf(document, path, atKey));
  if (problems.length > 0) return { value: null, problems, lineOf };
  try {
    return { value: document.toJS({ maxAliasCount: ALIASES_MAX }), problems, lineOf };
  } catch (error) {
    return { value: null, problems: [{ line: null, reason: (error as Error).message }], lineOf };
  }
}

function sentence(code: string, message: string): string {
  if (code === 'MULTIPLE_DOCS') return 'more than one document: one file is one scenario';
  if (code === 'DUPLICATE_KEY') return 'this key is written twice';
  return `not YAML: ${message.split('\n', 1)[0]}`;
}

interface Oddity {
  readonly offset: number | undefined;
  readonly reason: string;
}

function oddities(document: Document.Parsed): Oddity[] {
  const found: Oddity[] = [];
  const add = (node: unknown, reason: string): void => {
    found.push({ offset: startOf(node), reason });
  };
  visit(document, {
    Pair(_, { key }, path) {
      if (path.length > LIMITS.jsonDepth) add(key, `deeper than ${LIMITS.jsonDepth} levels`);
      if (path.length > LIMITS.jsonDepth) return visit.BREAK;
      if (isAlias(key)) add(key, 'an alias where a key should be');
      else if (!isScalar(key) || key.value === null) add(key, 'a key that is no text');
      else if (key.value === '__proto__') add(key, 'a key that nothing may be called: __proto__');
      return undefined;
    },
    Node(_, node) {
      if ('tag' in node && node.tag !== undefined && !node.tag.startsWith('tag:yaml.org,2002:'))
        add(node, `an unknown tag: ${quote(node.tag)}`);
    },
  });
  return found;
}

const startOf = (node: unknown): number | undefined => (node as Node | null)?.range?.[0] ?? undefined;

function offsetOf(document: Document.Parsed, path: Path, atKey: boolean): number | undefined {
  let node: unknown = document.contents;
  let offset = startOf(node);
  for (const [depth, step] of path.entries()) {
    if (isAlias(node)) node = node.resolve(document);
    if (!isCollection(node)) return offset;
    const pair = isMap(node)
      ? (node.items.find((item) => keyText(item) === String(step)) as Pair | undefined)
      : undefined;
    const child: unknown = pair ? pair.value : node.items[Number(step)];
    const isKeyWanted = pair !== undefined && (atKey || !isScalar(child) || depth < path.length - 1);
    offset = (isKeyWanted ? startOf(pair?.key) : startOf(child)) ?? startOf(pair?.key) ?? offset;
    node = child;
  }
  return offset;
}

const keyText = (item: unknown): string => String((item as Pair<{ value: unknown }>).key?.value);
