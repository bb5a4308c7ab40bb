// Reads one OpenLineage event out of parsed JSON: what it must have is checked, what it may have is read as far as it
// makes sense. Gives the event, or the reason why it is none; an input or output without a name is told and left out.

import { err, ok, type Result } from '../../../shared/base/result.ts';
import { formatInstant, parseInstant } from '../../../shared/base/time.ts';
import {
  asArray,
  asObject,
  asText,
  ExactInteger,
  isObject,
  type JsonObject,
  type JsonValue,
  kindOf,
} from '../json/json-value.ts';
import { maskUrlPassword } from '../text/mask-secrets.ts';
import { quote } from '../text/quote.ts';
import {
  type DatasetUse,
  type JobFacts,
  type LineageEvent,
  type NamedThing,
  type ParentReference,
  RUN_EVENT_TYPES,
  type RunEventType,
  type RunFacts,
  type RunReference,
} from './lineage-event.ts';
import type { NamePool } from './name-pool.ts';
import { splitPartition } from './partition-key.ts';
import {
  isDropped,
  readCheck,
  readDeclaredTasks,
  readError,
  readNominalTime,
  readOwner,
  readPartition,
  readRowCount,
  readSchedule,
  readTaskInstance,
} from './read-facets.ts';
import { isTemplate } from './template.ts';

/** Why something is no event. `template` is the placeholder that stands where a value should be, or "". */
export interface Refusal {
  readonly reason: string;
  readonly template: string;
}

export interface ReadEvent {
  readonly event: LineageEvent;
  /** Inputs and outputs that were left out, each as a sentence. */
  readonly leftOut: readonly string[];
  /** What facets say and could not be taken, each as a sentence. */
  readonly remarks: readonly string[];
}

export function readEvent(value: JsonValue, line: number, pool: NamePool): Result<ReadEvent, Refusal> {
  if (!isObject(value)) return err({ reason: `${kindOf(value)} where an event (an object) should be`, template: '' });
  const reader = new EventReader(pool, line);
  try {
    return ok({ event: reader.event(value), leftOut: reader.leftOut, remarks: reader.remarks });
  } catch (error) {
    if (error instanceof Refused) return err({ reason: error.message, template: error.template });
    throw error;
  }
}

/** One empty list for all that touch nothing. */
const NOTHING: readonly DatasetUse[] = [];

/** Sentences of one kind that are kept of one event. */
const TOLD_MAX = 20;

class Refused extends Error {
  readonly template: string;
  constructor(reason: string, template = '') {
    super(reason);
    this.template = template;
  }
}

class EventReader {
  readonly leftOut: string[] = [];
  readonly remarks: string[] = [];
  readonly #pool: NamePool;
  readonly #line: number;

  constructor(pool: NamePool, line: number) {
    this.#pool = pool;
    this.#line = line;
  }

  event(value: JsonObject): LineageEvent {
    const run = value.run ?? undefined;
    const job = value.job ?? undefined;
    const dataset = value.dataset ?? undefined;
    if (run === undefined && job === undefined && dataset === undefined) throw noEvent(value);
    const line = this.#line;
    const timeUs = this.#time(value.eventTime);
    if (job === undefined && run === undefined) {
      return { line, timeUs, subject: 'dataset', dataset: this.#dataset(asObject(dataset), 'dataset').dataset };
    }
    const { job: named, owner, schedule, declaredTasks, inputs, outputs } = this.#jobFacts(value, job, run);
    // Written out: V8 gives an object that is spread together a hidden class of its own, half a kilobyte each.
    if (run === undefined) {
      return { line, timeUs, job: named, owner, schedule, declaredTasks, inputs, outputs, subject: 'job' };
    }
    const facts = this.#run(value, run);
    return { line, timeUs, job: named, owner, schedule, declaredTasks, inputs, outputs, subject: 'run', run: facts };
  }

  #jobFacts(value: JsonObject, job: JsonValue | undefined, run: JsonValue | undefined): JobFacts {
    const jobFacets = asObject(asObject(job)?.facets);
    const runFacets = asObject(asObject(run)?.facets);
    return {
      job: this.#thing(job, 'job'),
      owner: readOwner(jobFacets, runFacets, this.#pool),
      schedule: readSchedule(runFacets, this.#pool),
      declaredTasks: readDeclaredTasks(jobFacets, this.#pool),
      inputs: this.#uses(value.inputs, 'inputs'),
      outputs: this.#uses(value.outputs, 'outputs'),
    };
  }

  #run(value: JsonObject, run: JsonValue): RunFacts {
    const facets = asObject(asObject(run)?.facets);
    return {
      type: this.#type(value.eventType),
      runId: this.#text(asObject(run)?.runId, 'run.runId'),
      parent: this.#parent(asObject(facets?.parent) ?? asObject(facets?.parentRun)),
      nominal: readNominalTime(facets, this.#pool),
      taskInstance: readTaskInstance(facets, this.#pool),
      error: readError(facets),
    };
  }

  /** None is allowed (spec 1-0-0) and means OTHER, as an unknown one does. */
  #type(value: JsonValue | undefined): RunEventType {
    const text = asText(value);
    if (isTemplate(text)) throw templateIn('eventType', text);
    const type = RUN_EVENT_TYPES.find((known) => known === text.toUpperCase());
    if (type === undefined && text !== '') this.#tell(this.remarks, `eventType is ${quote(text)}: taken for OTHER`);
    return type ?? 'OTHER';
  }

  #time(value: JsonValue | undefined): number {
    // Nearly every event has a time of its own: kept in the pool they would outgrow the names.
    const text = this.#checked(value, 'eventTime');
    const timeUs = parseInstant(text);
    if (timeUs === null) throw new Refused(`eventTime is ${quote(text)}: ${timeWanted(text)}`);
    // Beyond, µs are not exact, and a stand-in for "no end" would stretch every night to it.
    if (!Number.isSafeInteger(timeUs)) {
      throw new Refused(`eventTime is ${quote(text)}: a time of the years 1685 to 2254 is wanted`);
    }
    return timeUs;
  }

  #parent(facet: JsonObject | null): ParentReference | null {
    if (facet === null) return null;
    const parent = this.#reference(facet, 'parent');
    if (parent === null) return null;
    const rootFacet = asObject(facet.root);
    const root = rootFacet === null ? null : this.#reference(rootFacet, 'parent.root');
    return this.#pool.parent({ ...parent, root: root !== null && root.runId !== parent.runId ? root : null });
  }

  /** A parent that has no names is left out: the run stands alone then. */
  #reference(facet: JsonObject, place: string): RunReference | null {
    const runId = asObject(facet.run)?.runId;
    const job = asObject(facet.job);
    if (typeof runId !== 'string' || runId === '' || typeof job?.name !== 'string' || job.name === '') {
      this.#tell(this.remarks, `the facet ${place} has no run id or no job name: it was not read`);
      return null;
    }
    return { runId: this.#text(runId, `${place}.run.runId`), job: this.#thing(job, `${place}.job`) };
  }

  /** A hostile event has millions of faults; a reader wants to see some. */
  #tell(list: string[], reason: string): void {
    if (list.length < TOLD_MAX) list.push(reason);
    else if (list.length === TOLD_MAX) list.push('and more of this event');
  }

  #uses(value: JsonValue | undefined, place: string): readonly DatasetUse[] {
    const members = asArray(value);
    if (members.length === 0) return NOTHING;
    const uses: DatasetUse[] = [];
    for (const [i, member] of members.entries()) {
      const dataset = asObject(member);
      if (typeof dataset?.name === 'string' && dataset.name !== '') uses.push(this.#use(dataset, `${place}[${i}]`));
      else this.#tell(this.leftOut, `${place}[${i}] has no name: it was not read`);
    }
    // A copy has room for what it holds; a list that grew has more.
    return uses.slice();
  }

  /** Statistics and assertions stand in inputFacets, outputFacets or facets, by the age of the producer. */
  #use(dataset: JsonObject, place: string): DatasetUse {
    const facets: JsonObject = {
      ...asObject(dataset.facets),
      ...asObject(dataset.inputFacets),
      ...asObject(dataset.outputFacets),
    };
    const rows = readRowCount(facets);
    const isExact = rows instanceof ExactInteger;
    if (isExact)
      this.#tell(this.remarks, `${place} has ${quote(rows.text)} rows, beyond 2^53: the count is left unknown`);
    const named = this.#dataset(dataset, place);
    return this.#pool.use({
      dataset: named.dataset,
      partition: this.#pool.keep(readPartition(facets) || named.partition),
      rowCount: isExact ? Number.NaN : rows,
      check: readCheck(facets),
      isDropped: isDropped(facets),
    });
  }

  /** A dataset, and the partition of it that its name ends with. */
  #dataset(value: JsonObject | null, place: string): Pick<DatasetUse, 'dataset' | 'partition'> {
    const { name, partition } = splitPartition(asText(value?.name));
    if (partition === '') return { dataset: this.#thing(value ?? undefined, place), partition };
    this.#checked(value?.name, `${place}.name`);
    return { dataset: this.#thing({ namespace: value?.namespace, name }, place), partition };
  }

  #thing(value: JsonValue | undefined, place: string): NamedThing {
    if (!isObject(value)) throw new Refused(`${place} is ${kindOf(value)}: an object with a name is wanted`);
    const { namespace } = value;
    if (typeof namespace === 'string' && isTemplate(namespace)) throw templateIn(`${place}.namespace`, namespace);
    return this.#pool.thing(maskUrlPassword(asText(namespace)), this.#text(value.name, `${place}.name`));
  }

  #text(value: JsonValue | undefined, place: string): string {
    return this.#pool.keep(this.#checked(value, place));
  }

  #checked(value: JsonValue | undefined, place: string): string {
    if (typeof value !== 'string') throw new Refused(`${place} is ${kindOf(value)}: text is wanted`);
    if (value === '') throw new Refused(`${place} is empty`);
    if (isTemplate(value)) throw templateIn(place, value);
    return value;
  }
}

const templateIn = (place: string, text: string): Refused =>
  new Refused(`${place} is a template that nobody filled in: ${quote(text)}`, text);

function noEvent(value: JsonObject): Refused {
  const keys = Object.keys(value);
  const shown = keys.slice(0, 5).map((key) => quote(key));
  const has = keys.length === 0 ? 'nothing' : `${shown.join(', ')}${keys.length > 5 ? ', …' : ''}`;
  return new Refused(`no OpenLineage event: none of run, job and dataset is there; it has ${has}`);
}

/** A time without a zone is the usual fault, so it is named. */
const timeWanted = (text: string): string =>
  parseInstant(`${text}Z`) === null
    ? `an RFC 3339 time is wanted, as ${formatInstant(0)}`
    : 'it has no zone, so it is not known when that was';
