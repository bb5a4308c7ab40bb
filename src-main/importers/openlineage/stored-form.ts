// The form in which a received event is kept for good: everything that is read of it, other facets only while they are
// small, and no secrets. What was left out is named, so nobody takes the record for the whole event.
// Names and ids stay as they are (a password in a URL goes, as everywhere): they say what an event is about.

import { canonicalJson } from '../json/canonical-json.ts';
import { isObject, type JsonObject, type JsonValue } from '../json/json-value.ts';
import { hasSecretWord, isSecretName, maskSecrets, maskUrlPassword } from '../text/mask-secrets.ts';

/** A facet beyond this is left out unless something of it is read; a Spark plan can be 200 KB. */
const FACET_CHARACTERS_MAX = 2_000;

/** What read-event.ts and read-facets.ts read. */
const READ_FACETS = new Set([
  'nominalTime',
  'parent',
  'parentRun',
  'airflow',
  'airflowDagRun',
  'errorMessage',
  'ownership',
  'outputStatistics',
  'inputStatistics',
  'dataQualityMetrics',
  'dataQualityAssertions',
  'lifecycleStateChange',
  'inputSubset',
  'outputSubset',
]);

/** The environment of a process: nothing there is needed, and much of it is nobody's business. */
const SECRET_FACETS = new Set(['environmentVariables', 'environment-properties']);

/** Where facets stand, in an event, a job, a run or a dataset. */
const FACET_GROUPS = new Set(['facets', 'inputFacets', 'outputFacets']);

/** The key under which a stored event names what it lost. */
export const LEFT_OUT_KEY = 'landfallLeftOut';

/** What may make the stored form another than the event. */
const SECRET_FACET_WORD = 'nvironment';

/**
 * `text` is the event as it came: without a word that tells of secrets in it none is looked for, and a short one without
 * any is kept as it is (the same object).
 */
export function storedForm(event: JsonObject, text: string): JsonObject {
  const isMasking = hasSecretWord(text);
  if (!isMasking && text.length <= FACET_CHARACTERS_MAX && !text.includes(SECRET_FACET_WORD)) return event;
  const leftOut: string[] = [];
  const form = new Form(leftOut, isMasking);
  const stored = form.entity(event, '');
  return leftOut.length === 0 ? stored : { ...stored, [LEFT_OUT_KEY]: leftOut };
}

class Form {
  readonly #leftOut: string[];
  readonly #isMasking: boolean;

  constructor(leftOut: string[], isMasking: boolean) {
    this.#leftOut = leftOut;
    this.#isMasking = isMasking;
  }

  /** An event, job, run or dataset: its facets are judged, the rest is kept. */
  entity(value: JsonObject, place: string): JsonObject {
    const kept: Record<string, JsonValue> = Object.create(null) as Record<string, JsonValue>;
    for (const [key, member] of Object.entries(value)) {
      if (member === undefined || key === LEFT_OUT_KEY) continue;
      const here = place === '' ? key : `${place}.${key}`;
      if (FACET_GROUPS.has(key) && isObject(member)) kept[key] = this.#facets(member, here);
      else kept[key] = this.#member(key, member, here);
    }
    return kept;
  }

  #member(key: string, member: JsonValue, place: string): JsonValue {
    if (isObject(member)) return this.entity(member, place);
    if (Array.isArray(member)) {
      return member.map((one, i) => (isObject(one) ? this.entity(one, `${place}[${i}]`) : one));
    }
    return typeof member === 'string' && key === 'namespace' ? maskUrlPassword(member) : member;
  }

  #facets(facets: JsonObject, place: string): JsonObject {
    const kept: Record<string, JsonValue> = Object.create(null) as Record<string, JsonValue>;
    for (const [name, facet] of Object.entries(facets)) {
      if (facet === undefined) continue;
      const size = READ_FACETS.has(name) ? 0 : SECRET_FACETS.has(name) ? -1 : canonicalJson(facet).length;
      if (size === -1) this.#leftOut.push(`${place}.${name}`);
      else if (size > FACET_CHARACTERS_MAX) this.#leftOut.push(`${place}.${name} (${size} characters)`);
      else kept[name] = this.#isMasking ? masked(facet, name) : facet;
    }
    return kept;
  }
}

/** Namespaces and names inside a facet (a parent's job) are identities too. */
const IDENTITIES = new Set(['namespace', 'name', 'runId']);

function masked(value: JsonValue, key: string): JsonValue {
  if (typeof value === 'string') {
    if (isSecretName(key)) return '***';
    return IDENTITIES.has(key) ? maskUrlPassword(value) : maskSecrets(value);
  }
  if (Array.isArray(value)) return value.map((one) => masked(one, key));
  if (!isObject(value)) return value;
  const kept: Record<string, JsonValue> = Object.create(null) as Record<string, JsonValue>;
  for (const [name, member] of Object.entries(value)) if (member !== undefined) kept[name] = masked(member, name);
  return kept;
}
