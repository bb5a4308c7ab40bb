// What a finding says, in one honest sentence: who did what to which partition, and why the grade is not higher.
// Made only for findings that are shown. Names come from the log's own dictionary.

import { formatDuration, msBetween } from '../../base/time.ts';
import type { RuleName } from '../../lifecycle/rules.ts';
import { EVENT_KIND_NAMES, EventKind } from '../../model/event.ts';
import { type Log, taskRunLabel, versionLabel } from '../../model/log.ts';
import type { Fact } from './findings.ts';

export type NamedLog = Pick<Log, 'names' | 'taskRuns' | 'versions'>;

/** `3,200,000,000`: grouped by thousands, the same on every machine. */
export const formatRows = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, ',');

export class Sentences {
  readonly #log: NamedLog;

  constructor(log: NamedLog) {
    this.#log = log;
  }

  reader(taskRun: number): string {
    return taskRun < 0 ? 'an unknown reader' : taskRunLabel(this.#log, taskRun);
  }

  /** `dataset[key] v2`. */
  version(row: number): string {
    return versionLabel(this.#log, row);
  }

  /** `dataset[key]`, without a number that the reader did not name. */
  partition(row: number): string {
    return versionLabel(this.#log, row).replace(/ v\d+$/, '');
  }

  writer(row: number): string {
    const owner = this.#log.versions.owner[row];
    return owner < 0 ? 'a writer' : taskRunLabel(this.#log, owner);
  }

  /** What an event is of, as people name it. */
  subject(fact: Fact): string {
    if (fact.kind === EventKind.read || fact.version < 0) return this.reader(fact.taskRun);
    return this.version(fact.version);
  }

  /** The sentence of a rule that binds writers. */
  write(rule: RuleName, first: Fact, second: Fact | null, proved: boolean): string {
    const doubt = proved ? '' : '; not all of it was recorded, so this is no proof';
    return `${this.#writeClaim(rule, first, second)}${doubt}`;
  }

  #writeClaim(rule: RuleName, first: Fact, second: Fact | null): string {
    const what = this.version(first.version);
    const apart = second === null ? '' : formatDuration(Math.abs(msBetween(first.timeUs, second.timeUs)));
    const other = second === null ? '' : verb(second.kind);
    switch (rule) {
      case 'publish-after-finalize':
      case 'marker-after-data': {
        const done = first.kind === EventKind.versionPublished ? 'was published' : 'got its marker';
        if (second === null) return `${what} ${done}, and no finalize of it is in this log`;
        if (second.kind === EventKind.versionFinalized) return `${what} ${done} ${apart} before it was finalized`;
        return `${what} ${done}, though it ${other} and never was whole`;
      }
      case 'marker-matches-version':
        return `${what} got its marker ${apart} after ${this.#versionOf(second)} was opened over it`;
      case 'versions-increase':
        return `${what} was opened ${apart} after ${this.#versionOf(second)}`;
      case 'finalize-once':
        return `${what} was finalized a second time, ${apart} after the first and with another row count`;
      case 'finalize-is-atomic': {
        const late = first.kind === EventKind.versionChecked ? 'was checked' : 'got its row count';
        return `${what} ${late} ${apart} after it was finalized: a reader in between met a part of its finalize`;
      }
      case 'checked-first':
        return `${what} was finalized ${apart} after it failed its check, with no check passed since`;
      case 'one-owner':
        if (second !== null && second.version !== first.version) {
          return `${what} was opened while ${this.version(second.version)} was still being written ${apart} later`;
        }
        return `${what} ${verb(first.kind)} ${apart} after it ${other}: its writer no longer owned it`;
      case 'time-goes-forward':
        return `${what} ${verb(first.kind)} ${apart} before it ${other}, by the times in the log`;
      default:
        return `${what} ${verb(first.kind)} ${apart} after it ${other}`;
    }
  }

  #versionOf(fact: Fact | null): string {
    return fact === null ? 'another version' : this.version(fact.version);
  }
}

const VERBS: Partial<Record<number, string>> = {
  [EventKind.versionOpened]: 'was opened',
  [EventKind.versionHeartbeat]: 'had a heartbeat',
  [EventKind.versionChecked]: 'was checked',
  [EventKind.versionFinalized]: 'was finalized',
  [EventKind.versionPublished]: 'was published',
  [EventKind.versionFailed]: 'failed',
  [EventKind.versionExpired]: 'expired',
  [EventKind.versionSuperseded]: 'was superseded',
  [EventKind.versionMarker]: 'got its marker',
};

/** `was finalized`, `failed`: what happened to a version, by event kind. */
export const verb = (kind: number): string => VERBS[kind] ?? EVENT_KIND_NAMES[kind] ?? 'changed';
