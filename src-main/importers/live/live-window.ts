// The newest records of the ledger, read: what the live log is made of. Bounded, so that memory follows the bound and
// not the age of the ledger. A run that is only partly in the window is left out (half a run would look like one that
// never started); definitions stay, the latest of each name.

import type { LedgerRecord } from '../../../shared/model/ledger.ts';
import type { LineageEvent } from '../openlineage/lineage-event.ts';
import { NamePool } from '../openlineage/name-pool.ts';
import { storedEvent } from '../openlineage/receive-events.ts';

export type CommandRecord = Exclude<LedgerRecord, { kind: 'observed' }>;
type Entry = LineageEvent | CommandRecord;

/** About a night of the sample company, each task run told three times. */
export const LIVE_RECORDS_MAX = 150_000;
/** Definitions (jobs and datasets without a run) that outlive the window. */
const DEFINITIONS_MAX = 20_000;
/** Names are pooled for so many events, then anew: run ids never end. */
const POOL_EVENTS = 50_000;
/** Dropping a share at a time makes it cheap. */
const DROPPED_SHARE = 0.1;

export class LiveWindow {
  readonly #max: number;
  readonly #entries: Entry[] = [];
  readonly #definitions = new Map<string, LineageEvent>();
  /** Subjects of which records were dropped while others are still here. */
  #cut = new Set<string>();
  #pool = new NamePool();
  #pooled = 0;
  #unreadable = 0;

  constructor(max = LIVE_RECORDS_MAX) {
    this.#max = max;
  }

  /** Stored events that could not be read back: a defect, or a ledger of another release. */
  get unreadable(): number {
    return this.#unreadable;
  }

  add(records: readonly LedgerRecord[]): void {
    for (const record of records) {
      const entry = record.kind === 'observed' ? this.#read(record.event) : record;
      if (entry === null) this.#unreadable++;
      else this.#entries.push(entry);
    }
    if (this.#entries.length > this.#max) this.#drop();
  }

  /** In order of arrival. */
  events(): LineageEvent[] {
    const events = [...this.#definitions.values()];
    for (const entry of this.#entries) {
      if ('subject' in entry && !this.#cut.has(subjectOf(entry))) events.push(entry);
    }
    return events;
  }

  /** In order of seq. */
  commands(): CommandRecord[] {
    return this.#entries.filter((entry): entry is CommandRecord => 'kind' in entry && !this.#cut.has(subjectOf(entry)));
  }

  #read(text: string): LineageEvent | null {
    if (this.#pooled++ === POOL_EVENTS) {
      this.#pool = new NamePool();
      this.#pooled = 0;
    }
    return storedEvent(text, this.#pool);
  }

  #drop(): void {
    const keep = Math.floor(this.#max * (1 - DROPPED_SHARE));
    const gone = this.#entries.splice(0, this.#entries.length - keep);
    for (const entry of gone) {
      if ('subject' in entry && entry.subject !== 'run') this.#keepDefinition(entry);
      else this.#cut.add(subjectOf(entry));
    }
    const present = new Set(this.#entries.map(subjectOf));
    this.#cut = new Set([...this.#cut].filter((subject) => present.has(subject)));
  }

  #keepDefinition(event: LineageEvent): void {
    const key = subjectOf(event);
    this.#definitions.delete(key);
    this.#definitions.set(key, event);
    const [oldest] = this.#definitions.keys();
    if (this.#definitions.size > DEFINITIONS_MAX && oldest !== undefined) this.#definitions.delete(oldest);
  }
}

/** What a record is about: a run, a definition, a version. */
function subjectOf(entry: Entry): string {
  if ('subject' in entry) {
    if (entry.subject === 'run') return `run ${entry.run.runId}`;
    return entry.subject === 'job' ? `job ${entry.job.key}` : `dataset ${entry.dataset.key}`;
  }
  switch (entry.kind) {
    case 'heartbeats':
      return 'heartbeats';
    case 'finalized':
      return `writer ${entry.run} ${entry.attempt}`;
    case 'declared':
      return `declared ${entry.namespace} ${entry.dataset}`;
    case 'opened':
      return `writer ${entry.run} ${entry.attempt}`;
    default:
      return `version ${entry.namespace} ${entry.dataset} ${entry.partition} ${entry.version}`;
  }
}
