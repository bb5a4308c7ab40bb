// The partition versions of a traced play. Every step that a writer took is put to shared/lifecycle as a command, in
// order of time: what it accepts becomes an event; what it refuses becomes a note that names the rule and the holder.
// The copies of a mapped task write one version together: open with the first, whole with the last.
// Limit: a step that the play took and the lifecycle refuses, other than a late writer's, is a defect and throws.

import { GrowableInt32 } from '../../../shared/base/growable.ts';
import { hashText } from '../../../shared/base/hash.ts';
import { US_PER_MS } from '../../../shared/base/time.ts';
import { decide } from '../../../shared/lifecycle/decide.ts';
import type { RuleName } from '../../../shared/lifecycle/rules.ts';
import { isOpen, isWhole, Status, Step } from '../../../shared/lifecycle/status.ts';
import type { Command, Decision, LifecyclePolicy, VersionState } from '../../../shared/lifecycle/version-state.ts';
import { EventKind } from '../../../shared/model/event.ts';
import type { EventInput, EventWriter } from '../../../shared/model/event-writer.ts';
import type { VersionTable } from '../../../shared/model/log.ts';

export type Subject = Pick<EventInput, 'timeUs'> & {
  readonly taskRun: number;
  readonly run: number;
  readonly attempt: number;
};

interface LoggedVersion {
  readonly row: number;
  state: VersionState;
  /** When all that is written of it was written; NaN while it is being written. */
  writtenUs: number;
}

/** What a reader that looks at a time finds. */
export interface Seen {
  readonly version: number;
  /** Share of its rows that are there, or NaN. */
  readonly share: number;
}

const NOBODY = -1;
const ANY_CLOCK_US = Number.POSITIVE_INFINITY;
const CLOCK_OFF_MS_MAX = 60_000;

export class VersionLog {
  readonly #events: EventWriter;
  readonly #datasetOf: Int32Array;
  readonly #policies: readonly LifecyclePolicy[];
  readonly #text: (text: string) => number;
  readonly #off: ReadonlySet<RuleName>;
  readonly #versions: LoggedVersion[][];
  readonly #before = new Map<number, number>();
  readonly #dataset = new GrowableInt32();
  readonly #partition = new GrowableInt32();
  readonly #number = new GrowableInt32();
  readonly #owner = new GrowableInt32();

  /** `datasetOf`: by partition; `policies`: by dataset; `text`: interns a text of the log; `off`: rules that a test switched off. */
  constructor(
    events: EventWriter,
    datasetOf: Int32Array,
    policies: readonly LifecyclePolicy[],
    text: (text: string) => number,
    off: ReadonlySet<RuleName>,
  ) {
    this.#events = events;
    this.#datasetOf = datasetOf;
    // Clocks that differ are then taken as they are.
    const isAnyClock = off.has('time-goes-forward');
    this.#policies = isAnyClock ? policies.map((policy) => ({ ...policy, clockToleranceUs: ANY_CLOCK_US })) : policies;
    this.#text = text;
    this.#off = off;
    this.#versions = Array.from(datasetOf, () => []);
  }

  /** The version's number is the fencing token. */
  open(partition: number, writer: string, by: Subject): number {
    const subject = this.#byItsClock(writer, by);
    const decided = this.#decide(partition, {
      step: 'open',
      run: writer,
      attempt: subject.attempt,
      atUs: subject.timeUs,
    });
    const { next, closed } = decided;
    const versions = this.#versions[partition];
    if (closed !== null) versions[closed.number - 1].state = closed;
    const row = this.#add(partition, this.#numberOf(partition, next), subject.taskRun);
    versions.push({ row, state: next, writtenUs: Number.NaN });
    const { timeUs, taskRun, run, attempt } = subject;
    const kind = EventKind.versionOpened;
    this.#events.push({ timeUs, kind, run, taskRun, version: row, attempt, code: 0, value: Number.NaN, text: -1 });
    return next.number;
  }

  /** An open that found others at work: the refusal of each partition that is held. */
  openHeld(partitions: readonly number[], writer: string, subject: Subject): void {
    const command = { step: 'open', run: writer, attempt: subject.attempt, atUs: subject.timeUs } as const;
    const refused = partitions.filter((partition) => this.#refusal(partition, command, subject));
    if (refused.length === 0) throw new Error(`the lifecycle would have let ${writer} open`);
  }

  /** Everything is written, whole or not. */
  written(partition: number, token: number, timeUs: number): void {
    this.#versions[partition][token - 1].writtenUs = timeUs;
  }

  check(partition: number, token: number, writer: string, passed: boolean, rows: number, subject: Subject): void {
    const reason = passed ? '' : 'its check failed';
    this.#step(partition, { step: 'check', token, run: writer, passed, reason, atUs: subject.timeUs }, subject, {
      kind: EventKind.versionChecked,
      code: passed ? 1 : 0,
      value: rows,
      ...(passed ? {} : { text: this.#text(reason) }),
    });
    if (!passed) this.#events.push({ ...subject, ...this.#failed(partition, token, reason) });
  }

  fail(partition: number, token: number, writer: string, reason: string, subject: Subject): void {
    const { kind, text } = this.#failed(partition, token, reason);
    this.#step(partition, { step: 'fail', token, run: writer, reason, atUs: subject.timeUs }, subject, { kind, text });
  }

  finalize(partition: number, token: number, writer: string, rowCount: number, subject: Subject): void {
    const payloadHash = `${writer} ${subject.attempt}`;
    const command = { step: 'finalize', token, run: writer, rowCount, payloadHash, atUs: subject.timeUs } as const;
    this.#step(partition, command, subject, { kind: EventKind.versionFinalized, value: rowCount });
    if (!this.#off.has('finalize-is-atomic')) return;
    // In a record of its own, a moment after: what the rule forbids.
    const later = { ...subject, timeUs: subject.timeUs + US_PER_MS };
    const check = { step: 'check', token, run: writer, passed: true, atUs: later.timeUs } as const;
    this.#step(partition, check, later, { kind: EventKind.versionChecked, code: 1, value: rowCount });
  }

  /**
   * Its writer has heard no answer and asks again: the first answer stands, and nothing is written. Without that rule its
   * rows, added a second time, are another finalize.
   */
  finalizeAgain(partition: number, token: number, writer: string, rowCount: number, subject: Subject): void {
    const isOnce = !this.#off.has('finalize-once');
    const payloadHash = `${writer} ${subject.attempt}${isOnce ? '' : ' again'}`;
    const command = { step: 'finalize', token, run: writer, rowCount, payloadHash, atUs: subject.timeUs } as const;
    if (this.#decide(partition, command).repeated) return;
    const version = this.#versions[partition][token - 1].row;
    this.#events.push({ ...subject, kind: EventKind.versionFinalized, value: 2 * rowCount, version });
  }

  publish(partition: number, token: number, subject: Subject): void {
    const command = { step: 'publish', token, atUs: subject.timeUs } as const;
    this.#step(partition, command, subject, { kind: EventKind.versionPublished });
  }

  /** Its last before it fell silent: the ones before are not told one by one. */
  heartbeat(partition: number, token: number, writer: string, subject: Subject): void {
    const version = this.#versions[partition][token - 1];
    version.state = { ...version.state, leaseUntilUs: Math.max(version.state.leaseUntilUs, subject.timeUs) };
    const command = { step: 'heartbeat', token, run: writer, atUs: subject.timeUs } as const;
    this.#step(partition, command, subject, { kind: EventKind.versionHeartbeat });
  }

  expire(partition: number, token: number, subject: Subject): void {
    const command = { step: 'expire', token, atUs: subject.timeUs } as const;
    this.#step(partition, command, subject, { kind: EventKind.versionExpired });
  }

  /** Its marker's file, or the refusal of one that would vouch for a later version. */
  marker(partition: number, token: number, path: string, subject: Subject): void {
    const command = { step: 'marker', token, atUs: subject.timeUs } as const;
    if (this.#refusal(partition, command, subject)) return;
    this.#step(partition, command, subject, { kind: EventKind.versionMarker, text: this.#text(path) });
  }

  /** What a writer tries that was taken for dead: it is refused, and what it wrote meanwhile stands in no version. */
  late(partition: number, token: number, writer: string, step: number, subject: Subject): void {
    const command = lateCommand(step, token, writer, subject.timeUs);
    if (this.#refusal(partition, command, subject)) return;
    const kind =
      step === Step.heartbeat
        ? EventKind.versionHeartbeat
        : step === Step.finalize
          ? EventKind.versionFinalized
          : EventKind.versionChecked;
    this.#step(partition, command, subject, { kind, code: kind === EventKind.versionChecked ? 1 : 0 });
  }

  /** What the last open of a task run's attempt gave; whether somebody may still write it. */
  isOpen(partition: number, token: number): boolean {
    return isOpen(this.#versions[partition][token - 1].state.status);
  }

  /**
   * The last version that was whole at a time; for a reader that `looks` without asking, one that is being written.
   * Where there was none, one of unknown number: what was there before. Ask once all steps are in.
   */
  seen(partition: number, timeUs: number, looks: boolean): Seen {
    const versions = this.#versions[partition];
    let whole: LoggedVersion | null = null;
    for (let i = versions.length - 1; i >= 0; i--) {
      const { state, writtenUs, row } = versions[i];
      if (looks && state.openedUs <= timeUs && !(endUs(state) <= timeUs)) {
        const share = timeUs >= writtenUs ? 1 : (timeUs - state.openedUs) / (writtenUs - state.openedUs);
        return { version: row, share };
      }
      if (state.finalizedUs <= timeUs && (whole === null || state.finalizedUs > whole.state.finalizedUs))
        whole = versions[i];
    }
    return whole === null ? { version: this.#unknown(partition), share: Number.NaN } : { version: whole.row, share: 1 };
  }

  /** `keyOf`: row of the log's texts by partition. */
  finish(keyOf: Int32Array): VersionTable {
    return {
      dataset: this.#dataset.finish(),
      partitionKey: this.#partition.finish().map((partition) => keyOf[partition]),
      number: this.#number.finish(),
      owner: this.#owner.finish(),
    };
  }

  #failed(partition: number, token: number, reason: string) {
    const version = this.#versions[partition][token - 1].row;
    return { kind: EventKind.versionFailed, version, text: this.#text(reason) };
  }

  #step(
    partition: number,
    command: Exclude<Command, { readonly step: 'open' }>,
    subject: Subject,
    event: Pick<EventInput, 'kind' | 'code' | 'value' | 'text'>,
  ): void {
    const version = this.#versions[partition][command.token - 1];
    version.state = this.#decide(partition, command).next;
    const { timeUs, taskRun, run, attempt } = subject;
    const { kind, code = 0, value = Number.NaN, text = -1 } = event;
    // One shape for all of them, without spreading: there are hundreds of thousands.
    this.#events.push({ timeUs, kind, run, taskRun, version: version.row, attempt, code, value, text });
  }

  #decide(partition: number, command: Command): Decision {
    const judged = this.#judge(partition, command);
    if (judged.ok) return judged.value;
    if (!this.#off.has(judged.error.rule))
      throw new Error(`the lifecycle refused ${command.step}: ${judged.error.message}`);
    return forced(this.#versions[partition], command);
  }

  #judge(partition: number, command: Command) {
    const versions = this.#versions[partition];
    const last = versions.length === 0 ? null : versions[versions.length - 1].state;
    // Whoever holds it beats: that is not told beat by beat.
    const latest =
      last === null || command.step !== 'open' ? last : { ...last, leaseUntilUs: Number.POSITIVE_INFINITY };
    const named = command.step === 'open' ? null : (versions[command.token - 1]?.state ?? null);
    return decide({ latest, named }, command, this.#policies[this.#datasetOf[partition]]);
  }

  /** True, and a note of it, when the lifecycle refuses. */
  #refusal(partition: number, command: Command, subject: Subject): boolean {
    const judged = this.#judge(partition, command);
    if (judged.ok) return false;
    const { rule, message, holder } = judged.error;
    if (this.#off.has(rule)) return false;
    const version = holder === null ? undefined : this.#versions[partition][holder.number - 1]?.row;
    const text = this.#text(`refused ${command.step} (${rule}): ${message}`);
    this.#events.push({ ...subject, kind: EventKind.note, text, ...(version === undefined ? {} : { version }) });
    return true;
  }

  /** As the lifecycle has it; without that rule, one above what is whole, as if what failed had never been. */
  #numberOf(partition: number, { number }: VersionState): number {
    if (!this.#off.has('versions-increase')) return number;
    return 1 + this.#versions[partition].filter(({ state }) => isWhole(state.status)).length;
  }

  /** By the one clock that there is; without that rule a writer tells its open by its own, which is up to a minute off. */
  #byItsClock(writer: string, subject: Subject): Subject {
    if (!this.#off.has('time-goes-forward')) return subject;
    const offMs = (hashText(writer) % CLOCK_OFF_MS_MAX) + 1;
    return { ...subject, timeUs: subject.timeUs + offMs * US_PER_MS };
  }

  #unknown(partition: number): number {
    const known = this.#before.get(partition);
    if (known !== undefined) return known;
    const version = this.#add(partition, 0, NOBODY);
    this.#before.set(partition, version);
    return version;
  }

  #add(partition: number, number: number, owner: number): number {
    this.#partition.push(partition);
    this.#number.push(number);
    this.#owner.push(owner);
    return this.#dataset.push(this.#datasetOf[partition]);
  }
}

/** When nobody could write to it any more: whole, or dead; NaN while it is open. */
const endUs = (state: VersionState): number =>
  Number.isNaN(state.finalizedUs) ? (isOpen(state.status) ? Number.NaN : state.lastUs) : state.finalizedUs;

function lateCommand(
  step: number,
  token: number,
  run: string,
  atUs: number,
): Exclude<Command, { readonly step: 'open' }> {
  const named = { token, run, atUs };
  if (step === Step.heartbeat) return { ...named, step: 'heartbeat' };
  if (step === Step.finalize) return { ...named, step: 'finalize', rowCount: Number.NaN, payloadHash: `${run} late` };
  return { ...named, step: 'check', passed: true };
}

/** What a store would do that does not keep the rule. */
function forced(versions: readonly LoggedVersion[], command: Command): Decision {
  const atUs = command.atUs;
  if (command.step === 'open') {
    const { run, attempt } = command;
    const number = versions.length + 1;
    const times = { openedUs: atUs, leaseUntilUs: Number.POSITIVE_INFINITY, lastUs: atUs };
    const rest = {
      finalizedUs: Number.NaN,
      publishedUs: Number.NaN,
      rowCount: Number.NaN,
      payloadHash: '',
      reason: '',
    };
    return { next: { number, status: Status.running, run, attempt, ...times, ...rest }, closed: null, repeated: false };
  }
  const { state } = versions[command.token - 1];
  const next = { ...state, lastUs: Math.max(state.lastUs, atUs) };
  if (command.step === 'finalize')
    return { next: { ...next, status: Status.finalized, finalizedUs: atUs }, closed: null, repeated: false };
  return { next: command.step === 'publish' ? { ...next, publishedUs: atUs } : next, closed: null, repeated: false };
}
