// Follows the ledger and keeps the live log at hand: records go to whoever keeps them (a thread) as they become durable,
// the log is derived when somebody asks and it has grown, and screens are told at most once a second. Deriving takes at
// most a tenth of the time, so an answer may be older than the ledger: `current` says as of which seq it is.

import type { TopicHub } from '../../../shared/api/channel/topic-hub.ts';
import { ServiceError } from '../../../shared/api/errors.ts';
import type { LedgerCommands } from '../../../shared/api/ledger.ts';
import type { LogView } from '../../../shared/api/views.ts';
import { LIVE_LOG } from '../../../shared/api/views-live.ts';
import { cancelSource } from '../../../shared/base/cancel.ts';
import type { LedgerRecord } from '../../../shared/model/ledger.ts';
import type { LiveDerivation } from '../../importers/live/live-book.ts';
import { LIVE_RECORDS_MAX } from '../../importers/live/live-window.ts';
import { liveView } from './live-view.ts';

/** Where the records are kept and derived from: a thread, or this one (LiveBook behind two promises). */
export interface LiveKeeper {
  add(records: readonly LedgerRecord[]): Promise<void>;
  derive(name: string): Promise<LiveDerivation | null>;
  close(): Promise<void>;
}

export interface LiveState extends LiveDerivation {
  /** Everything up to this record is in it. */
  readonly asOfSeq: number;
  readonly view: LogView;
}

type Source = Pick<LedgerCommands, 'subscribe' | 'lastSeq'>;

const REST_SHARE = 10;
const REST_MS_MIN = 100;
const TELL_MS = 1_000;

export class LiveLog {
  readonly #source: Source;
  readonly #makeKeeper: () => LiveKeeper;
  #keeper: LiveKeeper | null = null;
  readonly #topics: TopicHub;
  readonly #stop = cancelSource();
  #follows: Promise<void> | null = null;
  readonly #listeners: (() => void)[] = [];
  #state: LiveState | null = null;
  #deriving: Promise<void> | null = null;
  #addedSeq = 0;
  #restUntilMs = 0;
  #lastEventUs = Number.NaN;
  #lastReceivedUs = Number.NaN;
  #received = 0;
  #failure: Error | null = null;
  #tellTimer: ReturnType<typeof setTimeout> | null = null;
  readonly #waiting: { readonly seq: number; readonly resolve: () => void }[] = [];

  constructor(source: Source, makeKeeper: () => LiveKeeper, topics: TopicHub) {
    this.#source = source;
    this.#makeKeeper = makeKeeper;
    this.#topics = topics;
  }

  /**
   * Reads the newest records and goes on from there. Nobody looks at most receivers most of the time, so the first who
   * does begins it; from then on it is at hand.
   */
  begin(): void {
    if (this.#follows !== null || this.#stop.signal.cancelled) return;
    const fromSeq = Math.max(1, this.#source.lastSeq - LIVE_RECORDS_MAX + 1);
    this.#addedSeq = fromSeq - 1;
    const keeper = this.#makeKeeper();
    this.#keeper = keeper;
    this.#follows = this.#follow(keeper, fromSeq).catch((error: unknown) => this.#fail(error));
  }

  /** Told of every state, before anybody else has it. */
  onState(listener: () => void): void {
    this.#listeners.push(listener);
  }

  /** The log as last derived, for lists; null while there is none. */
  get view(): LogView | null {
    return this.#state?.view ?? null;
  }

  get remarks(): readonly string[] {
    return this.#state?.remarks ?? [];
  }

  /** The newest state that can be had without deriving all the time; null while the ledger tells of nothing. */
  async current(): Promise<LiveState | null> {
    this.#throwIfOver();
    if (this.#source.lastSeq === 0) return null;
    this.begin();
    if (this.#state === null || performance.now() >= this.#restUntilMs) {
      await this.#caughtUp(this.#source.lastSeq);
      this.#throwIfOver();
      if (this.#state?.asOfSeq !== this.#addedSeq) await this.#derive();
    } else if (this.#state.asOfSeq < this.#source.lastSeq) {
      this.#tellLater(this.#restUntilMs - performance.now());
    }
    return this.#state;
  }

  async close(): Promise<void> {
    this.#stop.cancel();
    if (this.#tellTimer !== null) clearTimeout(this.#tellTimer);
    this.#giveUp();
    await this.#keeper?.close();
    await this.#follows;
  }

  #throwIfOver(): void {
    if (this.#failure !== null) throw this.#failure;
    if (this.#stop.signal.cancelled) throw new ServiceError({ code: 'closed', message: 'the live log is closed' });
  }

  async #follow(keeper: LiveKeeper, fromSeq: number): Promise<void> {
    for await (const records of this.#source.subscribe({ fromSeq }, this.#stop.signal)) {
      await keeper.add(records);
      for (const record of records) this.#note(record);
      this.#addedSeq = records.at(-1)?.seq ?? this.#addedSeq;
      this.#wake();
      this.#tellLater(TELL_MS);
    }
  }

  #note({ atUs, receivedUs }: LedgerRecord): void {
    this.#received++;
    this.#lastReceivedUs = receivedUs;
    if (!(atUs <= this.#lastEventUs)) this.#lastEventUs = atUs;
  }

  /** Resolves when everything up to a record has been added. */
  #caughtUp(seq: number): Promise<void> {
    if (this.#addedSeq >= seq) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push({ seq, resolve }));
  }

  #wake(): void {
    const ready = this.#waiting.filter(({ seq }) => seq <= this.#addedSeq);
    for (const waiting of ready) {
      this.#waiting.splice(this.#waiting.indexOf(waiting), 1);
      waiting.resolve();
    }
  }

  /** Callers at the same time share one. */
  #derive(): Promise<void> {
    this.#deriving ??= this.#deriveNow().finally(() => {
      this.#deriving = null;
    });
    return this.#deriving;
  }

  async #deriveNow(): Promise<void> {
    const startedMs = performance.now();
    const asOfSeq = this.#addedSeq;
    const derivation = (await this.#keeper?.derive(LIVE_LOG)) ?? null;
    const tookMs = performance.now() - startedMs;
    this.#restUntilMs = performance.now() + Math.max(REST_MS_MIN, tookMs * REST_SHARE);
    if (derivation === null) return;
    this.#state = { ...derivation, asOfSeq, view: liveView(derivation.log) };
    for (const listener of this.#listeners) listener();
  }

  /** One message for all that comes until then. */
  #tellLater(ms: number): void {
    if (this.#tellTimer !== null || this.#stop.signal.cancelled) return;
    this.#tellTimer = setTimeout(() => this.#tell(), Math.max(0, ms));
    this.#tellTimer.unref();
  }

  #tell(): void {
    this.#tellTimer = null;
    this.#topics.emit('log.changed', {
      log: LIVE_LOG,
      received: this.#received,
      lastEventUs: this.#lastEventUs,
      lastReceivedUs: this.#lastReceivedUs,
      lastSeq: this.#source.lastSeq,
    });
  }

  #fail(error: unknown): void {
    if (this.#stop.signal.cancelled) return this.#giveUp();
    this.#failure = error instanceof Error ? error : new Error(String(error));
    this.#giveUp();
  }

  #giveUp(): void {
    for (const { resolve } of this.#waiting.splice(0)) resolve();
  }
}
