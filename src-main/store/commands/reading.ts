// A reader's questions: whether inputs are ready, wait until they are, and every record from a seq on. All from durable
// state; none asks a query engine, none polls.

import type { ReadyAnswer, ReadyQuery, ReadyRequest, SubscribeRequest } from '../../../shared/api/ledger.ts';
import { CancelledError, type CancelSignal, cancelSource, throwIfCancelled } from '../../../shared/base/cancel.ts';
import type { LedgerRecord } from '../../../shared/model/ledger.ts';
import type { PartitionIndex } from '../partitions/partition-index.ts';
import type { LedgerPort } from './intake.ts';
import { badCommand, storeClosed } from './refusals.ts';
import { Tail } from './tail.ts';
import { Waiters } from './waiters.ts';

const INPUT_LIMIT = 10_000;

export class Reading {
  readonly #ledger: LedgerPort;
  readonly #index: PartitionIndex;
  readonly #waiters = new Waiters();
  readonly #tail = new Tail();
  readonly #closing = cancelSource();

  constructor(ledger: LedgerPort, index: PartitionIndex) {
    this.#ledger = ledger;
    this.#index = index;
  }

  /** Inputs that are waited for. */
  get waiting(): number {
    return this.#waiters.size;
  }

  ready({ inputs, when = 'finalized' }: ReadyRequest): ReadyAnswer {
    checkInputs(inputs);
    const versions = this.#index.readableAll(inputs, when);
    const ready = inputs.every(({ version = 1 }, i) => versions[i] >= version);
    return { ready, versions, asOfSeq: this.#index.asOfSeq };
  }

  async wait(request: ReadyRequest, signal: CancelSignal): Promise<ReadyAnswer> {
    throwIfCancelled(signal);
    if (this.#closing.signal.cancelled) throw storeClosed();
    const { inputs, when = 'finalized' } = request;
    checkInputs(inputs);
    const isReady = (input: ReadyQuery): boolean => this.#index.readable(input, when) >= (input.version ?? 1);
    const { done, giveUp } = this.#waiters.wait(inputs, isReady);
    try {
      await this.#doneOrEnded(done, signal);
    } finally {
      giveUp();
    }
    return this.ready(request);
  }

  /** Ends when it is cancelled; throws `closed` when the store closes. */
  async *subscribe({ fromSeq }: SubscribeRequest, signal: CancelSignal): AsyncGenerator<readonly LedgerRecord[], void> {
    let next = this.#checkFrom(fromSeq);
    const leave = this.#tail.join();
    try {
      while (!signal.cancelled) {
        if (this.#closing.signal.cancelled) throw storeClosed();
        const more = this.#tail.more;
        const durable = this.#index.asOfSeq;
        const batch = next > durable ? [] : this.#tail.from(next);
        if (batch === null) {
          // Further behind than the tail: from the disk, where repair may have left gaps.
          for await (const records of this.#ledger.read(next, signal)) {
            yield records;
            next = seqAfter(records);
          }
          next = Math.max(next, durable + 1);
        } else if (batch.length > 0) {
          yield batch;
          next = seqAfter(batch);
        } else {
          await moreOrCancelled(more, signal);
        }
      }
    } catch (error) {
      if (!(error instanceof CancelledError)) throw error;
    } finally {
      leave();
    }
  }

  /** The index has taken these in. */
  applied(records: readonly LedgerRecord[]): void {
    for (const record of records) {
      if (record.kind === 'published') this.#waiters.moved(record);
      if (record.kind === 'finalized') for (const output of record.outputs) this.#waiters.moved(output);
    }
    this.#tail.add(records);
  }

  close(): void {
    this.#closing.cancel();
    this.#tail.end();
  }

  // Not Promise.race with a promise that lives as long as the store: it would keep something of each that ever waited.
  #doneOrEnded(done: Promise<void>, signal: CancelSignal): Promise<void> {
    const stops: (() => void)[] = [];
    return new Promise<void>((resolve, reject) => {
      void done.then(resolve);
      stops.push(signal.onCancel(() => reject(new CancelledError())));
      stops.push(this.#closing.signal.onCancel(() => reject(storeClosed())));
    }).finally(() => {
      for (const stop of stops) stop();
    });
  }

  #checkFrom(fromSeq: number): number {
    if (!Number.isSafeInteger(fromSeq) || fromSeq < 1) throw badCommand('fromSeq: a whole number from 1 on', 'fromSeq');
    const last = this.#index.asOfSeq;
    // A cursor beyond the end belongs to another ledger, or to records that are gone.
    if (fromSeq > last + 1) throw badCommand(`fromSeq: the ledger ends at ${last}`, 'fromSeq');
    return fromSeq;
  }
}

function checkInputs(inputs: readonly ReadyQuery[]): void {
  if (inputs.length > INPUT_LIMIT) throw badCommand(`inputs: at most ${INPUT_LIMIT} are wanted`, 'inputs');
}

const seqAfter = (records: readonly LedgerRecord[]): number => (records.at(-1)?.seq ?? 0) + 1;

/** `more` is of a moment, and so is what waits for it. */
function moreOrCancelled(more: Promise<void>, signal: CancelSignal): Promise<void> {
  let stop = (): void => {};
  return new Promise<void>((resolve) => {
    stop = signal.onCancel(resolve);
    void more.then(resolve);
  }).finally(() => stop());
}
