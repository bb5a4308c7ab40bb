// The receiver: takes OpenLineage events, hands them to the ledger, and answers when they are durable. Events are
// observations: nothing is refused for breaking a rule, only for being no event. Off until somebody switches it on.

import { join } from 'node:path';
import type { TopicHub } from '../../../shared/api/channel/topic-hub.ts';
import { ServiceError } from '../../../shared/api/errors.ts';
import type { LedgerCommands } from '../../../shared/api/ledger.ts';
import type { ReceiverView } from '../../../shared/api/views-live.ts';
import { NamePool } from '../../importers/openlineage/name-pool.ts';
import { type ReceivedBody, receiveEvents } from '../../importers/openlineage/receive-events.ts';
import type { LiveLog } from '../live/live-log.ts';
import { type ReceiverKey, receiverKey } from './key-file.ts';
import { answerOf, type ReceiverAnswer } from './receiver-answer.ts';

export const KEY_FILE = 'receiver.key';
const TELL_MS = 1_000;
/** Names are pooled for so many events, then anew: run ids never end. */
const POOL_EVENTS = 50_000;

export interface ReceiverOptions {
  readonly workspaceDir: string;
  readonly ledger: Pick<LedgerCommands, 'observe' | 'lastSeq'>;
  readonly live: Pick<LiveLog, 'remarks'>;
  readonly topics: TopicHub;
}

export class Receiver {
  readonly #options: ReceiverOptions;
  #key: ReceiverKey | null = null;
  #isOn = false;
  #url: string | null = null;
  #pool = new NamePool();
  #pooled = 0;
  #received = 0;
  #known = 0;
  #refused = 0;
  #lastReceivedUs = Number.NaN;
  #lastEventUs = Number.NaN;
  #lastRefusal = '';
  #tellTimer: ReturnType<typeof setTimeout> | null = null;

  constructor(options: ReceiverOptions) {
    this.#options = options;
  }

  get isOn(): boolean {
    return this.#isOn;
  }

  /** `keyFile`: made when it is missing; the workspace's own when left out. Rejects `bad-input`. */
  async switchOn(keyFile = join(this.#options.workspaceDir, KEY_FILE)): Promise<ReceiverView> {
    this.#key = await receiverKey(keyFile);
    this.#isOn = true;
    return this.#changed();
  }

  switchOff(): ReceiverView {
    this.#isOn = false;
    return this.#changed();
  }

  /** Told by the server that carries it. */
  listensAt(url: string | null): void {
    this.#url = url;
    this.#changed();
  }

  isKey(text: string): boolean {
    return this.#isOn && (this.#key?.isKey(text) ?? false);
  }

  view(): ReceiverView {
    const { ledger, live } = this.#options;
    return {
      on: this.#isOn,
      url: this.#url,
      keyFile: this.#key?.file ?? null,
      received: this.#received,
      known: this.#known,
      refused: this.#refused,
      lastReceivedUs: this.#lastReceivedUs,
      lastEventUs: this.#lastEventUs,
      lastSeq: ledger.lastSeq,
      lastRefusal: this.#lastRefusal,
      remarks: live.remarks,
    };
  }

  /**
   * Takes the body of one request. Resolves after its events are durable; rejects with the refusal of a single event or
   * of a whole body, or as the ledger does.
   */
  async receive(body: Uint8Array): Promise<ReceiverAnswer> {
    const read = receiveEvents(body, this.#poolFor());
    if (!read.ok) {
      this.noteRefusal(read.error.reason);
      throw new ServiceError({ code: read.error.code, message: read.error.reason });
    }
    const { events, refused } = read.value;
    const stored = events.length === 0 ? [] : await this.#options.ledger.observe(events);
    this.#count(read.value, stored.filter(({ known }) => known).length);
    for (const { reason } of refused) this.#lastRefusal = reason;
    return answerOf(read.value, stored);
  }

  /** A request that never got as far as `receive`. */
  noteRefusal(reason: string): void {
    this.#refused++;
    this.#lastRefusal = reason;
    this.#tellLater();
  }

  close(): void {
    this.#isOn = false;
    if (this.#tellTimer !== null) clearTimeout(this.#tellTimer);
  }

  #poolFor(): NamePool {
    if (this.#pooled++ >= POOL_EVENTS) {
      this.#pool = new NamePool();
      this.#pooled = 0;
    }
    return this.#pool;
  }

  #count({ events, refused }: ReceivedBody, known: number): void {
    this.#pooled += events.length;
    this.#received += events.length;
    this.#known += known;
    this.#refused += refused.length;
    this.#lastReceivedUs = Date.now() * 1_000;
    for (const { atUs } of events) if (!(atUs <= this.#lastEventUs)) this.#lastEventUs = atUs;
    this.#tellLater();
  }

  #tellLater(): void {
    if (this.#tellTimer !== null) return;
    this.#tellTimer = setTimeout(() => this.#changed(), TELL_MS);
    this.#tellTimer.unref();
  }

  #changed(): ReceiverView {
    if (this.#tellTimer !== null) clearTimeout(this.#tellTimer);
    this.#tellTimer = null;
    const view = this.view();
    this.#options.topics.emit('receiver.changed', view);
    return view;
  }
}
