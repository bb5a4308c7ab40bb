// The store's commands over one ledger: the partition index brought up to its last record, leases begun again, events
// that a crash kept back delivered. One for each ledger; whoever opened the ledger closes it after this.

import type {
  CheckAnswer,
  CheckRequest,
  DeclareRequest,
  FailRequest,
  FinalizeRequest,
  HeartbeatAnswer,
  HeartbeatRequest,
  LedgerCommands,
  MarkRequest,
  ObservedAnswer,
  ObservedEvent,
  OpenAnswer,
  OpenRequest,
  PublishRequest,
  ReadyAnswer,
  ReadyRequest,
  SeqAnswer,
  SubscribeRequest,
} from '../../../shared/api/ledger.ts';
import { type CancelSignal, NEVER_CANCELLED } from '../../../shared/base/cancel.ts';
import type { Problem } from '../../../shared/base/problem.ts';
import { US_PER_MS } from '../../../shared/base/time.ts';
import type { LedgerDraft, LedgerRecord, PartitionName } from '../../../shared/model/ledger.ts';
import { PartitionIndex } from '../partitions/partition-index.ts';
import { type LedgerClock, systemClock } from './clock.ts';
import { type CommandContext, judge } from './command-context.ts';
import { Decided } from './decided.ts';
import { Declarations } from './declarations.ts';
import { declare } from './declare.ts';
import { deliver, finalize, publish } from './finalize.ts';
import { Intake, type LedgerPort } from './intake.ts';
import { LeaseKeeper, type LeaseWriter } from './lease-keeper.ts';
import { mark } from './mark.ts';
import { applyAfterLoss } from './mend-after-loss.ts';
import { Observing } from './observing.ts';
import { Reading } from './reading.ts';
import { check, fail, heartbeat, open } from './writer-commands.ts';

const DEFAULT_LEASE_MS = 60_000;
const CLOCK_TOLERANCE_MS = 1_000;
/** How soon after a failed disk it is looked at again for what is owed. */
const RETRY_MS = 1_000;

export interface LedgerStoreOptions {
  /** What a snapshot held; the ledger is read from there on. Default: an empty one. */
  readonly index?: PartitionIndex;
  /** Default: the system's, not before the ledger's last record. */
  readonly clock?: LedgerClock;
  /** How long a writer holds a version after each sign of life. */
  readonly defaultLeaseMs?: number;
  /** A command's time may be so much before the version's last event, or after the store's clock. */
  readonly clockToleranceMs?: number;
}

export class LedgerStore implements LedgerCommands {
  readonly index: PartitionIndex;
  /** What was found wrong at the start, and was got over. */
  readonly problems: readonly Problem[];
  readonly #context: CommandContext;
  readonly #observing: Observing;
  readonly #reading: Reading;
  readonly #stopListening: () => void;
  readonly #ledger: LedgerPort;
  #stopRetrying: () => void = () => {};

  /** Brings the index up to the ledger's last record, then takes commands. */
  static async open(ledger: LedgerPort, options: LedgerStoreOptions = {}): Promise<LedgerStore> {
    const index = options.index ?? new PartitionIndex();
    let isRepaired = false;
    for await (const records of ledger.read(index.asOfSeq + 1, NEVER_CANCELLED)) {
      for (const record of records) {
        // Repair leaves gaps, and only repair.
        isRepaired ||= record.seq !== index.asOfSeq + 1;
        if (isRepaired) applyAfterLoss(index, record);
        else index.apply(record);
      }
    }
    const endsInLoss = index.asOfSeq < ledger.lastSeq;
    index.asOfSeq = ledger.lastSeq;
    const store = new LedgerStore(ledger, index, options);
    if (endsInLoss) await store.#recordAfterLoss();
    return store;
  }

  private constructor(ledger: LedgerPort, index: PartitionIndex, options: LedgerStoreOptions) {
    this.index = index;
    this.problems = clockProblems(index, options.clock);
    this.#ledger = ledger;
    const clock = options.clock ?? systemClock(index.lastReceivedUs);
    const decided = new Decided(index, (entry) => this.#context.leases.release(entry));
    const intake = new Intake(ledger, () => this.#forgetTheirWay());
    this.#context = {
      index,
      decided,
      declarations: new Declarations(index),
      intake,
      leases: new LeaseKeeper(clock, this.#leaseWriter()),
      clock,
      defaultLeaseMs: options.defaultLeaseMs ?? DEFAULT_LEASE_MS,
      clockToleranceMs: options.clockToleranceMs ?? CLOCK_TOLERANCE_MS,
    };
    this.#observing = new Observing(intake, index.parts.seen, clock);
    this.#reading = new Reading(ledger, index);
    this.#stopListening = ledger.onDurable((records) => this.#applied(records));
    this.#context.leases.restart(decided.reset(clock.nowUs()));
    this.#deliverOutbox();
  }

  get lastSeq(): number {
    return this.index.asOfSeq;
  }

  /** Inputs that readers wait for. */
  get waiting(): number {
    return this.#reading.waiting;
  }

  open(request: OpenRequest): Promise<OpenAnswer> {
    return open(this.#context, request);
  }

  heartbeat(request: HeartbeatRequest): HeartbeatAnswer {
    return heartbeat(this.#context, request);
  }

  check(request: CheckRequest): Promise<CheckAnswer> {
    return check(this.#context, request);
  }

  finalize(request: FinalizeRequest): Promise<SeqAnswer> {
    return finalize(this.#context, request);
  }

  fail(request: FailRequest): Promise<SeqAnswer> {
    return fail(this.#context, request);
  }

  publish(request: PublishRequest): Promise<SeqAnswer> {
    return publish(this.#context, request);
  }

  /** Writes the marker of a whole version into its folder, and the record of it. */
  mark(request: MarkRequest): Promise<SeqAnswer> {
    return mark(this.#context, request);
  }

  declare(request: DeclareRequest): Promise<SeqAnswer> {
    return declare(this.#context, request);
  }

  ready(request: ReadyRequest): ReadyAnswer {
    return this.#reading.ready(request);
  }

  wait(request: ReadyRequest, signal: CancelSignal): Promise<ReadyAnswer> {
    return this.#reading.wait(request, signal);
  }

  observe(events: readonly ObservedEvent[]): Promise<readonly ObservedAnswer[]> {
    return this.#observing.observe(events);
  }

  subscribe(request: SubscribeRequest, signal: CancelSignal): AsyncIterable<readonly LedgerRecord[]> {
    return this.#reading.subscribe(request, signal);
  }

  /** Wakes waiting readers with `closed` and stops its timers. Writes under way are the ledger's to finish. */
  close(): void {
    this.#context.leases.stop();
    this.#stopRetrying();
    this.#reading.close();
  }

  /** After the last record: the index would miss what comes later. */
  detach(): void {
    this.#stopListening();
  }

  /**
   * What follows the ledger (subscribers, the read model) is up to a seq when it has seen a record of it: one that says
   * nothing, so that nobody waits for the lost ones. A disk that takes no writes now gets the next record later.
   */
  async #recordAfterLoss(): Promise<void> {
    const nowUs = this.#context.clock.nowUs();
    const nothing = { kind: 'heartbeats', atUs: nowUs, receivedUs: nowUs, versions: [] } as const;
    await this.#context.intake.append([nothing], () => () => {}).catch(() => {});
  }

  #applied(records: readonly LedgerRecord[]): void {
    for (const record of records) this.index.apply(record);
    this.#reading.applied(records);
    this.#deliver(records.flatMap((record) => this.#owed(record)));
  }

  /** The published events that a finalize leaves to the store. */
  #owed(record: LedgerRecord): (readonly [PartitionName, number])[] {
    if (record.kind !== 'finalized') return [];
    return record.outputs
      .filter((output) => this.index.parts.outbox.get(this.index.find(output)) === output.version)
      .map(({ namespace, dataset, partition, version }) => [{ namespace, dataset, partition }, version]);
  }

  #deliverOutbox(): void {
    const { index } = this;
    this.#deliver([...index.parts.outbox].map(([row, number]) => [index.nameOf(row), number]));
  }

  /** What cannot be delivered now stays in the outbox: until the disk takes writes again, or the next start. */
  #deliver(owed: readonly (readonly [PartitionName, number])[]): void {
    if (owed.length > 0) deliver(this.#context, owed).catch(() => {});
  }

  #leaseWriter(): LeaseWriter {
    return {
      expire: (entry, atUs) => {
        const command = { step: 'expire', token: entry.latest.number, atUs } as const;
        try {
          return judge(this.#context, entry.name, command, { leaseUs: 0, receivedUs: atUs });
        } catch {
          return null;
        }
      },
      write: (drafts: readonly LedgerDraft[], decisions) =>
        this.#context.intake.append(drafts, (soon) => {
          const entries = decisions.map(([{ name }, decision]) => this.#context.decided.take(name, decision));
          for (const entry of entries) entry.lastSeq = soon;
          return () => {
            for (const entry of entries) this.#context.decided.settle(entry);
          };
        }),
    };
  }

  /** The disk failed: the index holds what is durable, and nothing else was ever promised. */
  #forgetTheirWay(): void {
    const { decided, declarations, leases, clock } = this.#context;
    declarations.forgetTheirWay();
    this.#observing.forgetTheirWay();
    leases.restart(decided.reset(clock.nowUs()));
    this.#deliverWhenOpen();
  }

  #deliverWhenOpen(): void {
    this.#stopRetrying();
    this.#stopRetrying = this.#context.clock.after(RETRY_MS, () => {
      if (this.#ledger.state === 'open') this.#deliverOutbox();
      else if (this.#ledger.state === 'stopped') this.#deliverWhenOpen();
    });
  }
}

/** A clock that is behind the ledger's last record: time goes on from there. */
function clockProblems(index: PartitionIndex, clock: LedgerClock | undefined): Problem[] {
  const behindMs = clock === undefined ? Math.floor(index.lastReceivedUs / US_PER_MS) - Date.now() : 0;
  if (behindMs <= 0) return [];
  const reason = `the system's clock is ${behindMs} ms behind the ledger's last record: time goes on from that record`;
  return [{ severity: 'warning', file: 'ledger', line: null, reason }];
}
