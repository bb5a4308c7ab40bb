// A store over a ledger whose syncs are the scheduler's, and the actors of one night on it: each takes one step at a time,
// when the scheduler says, and holds what it is answered against what is durable.

import { deepStrictEqual, ok } from 'node:assert/strict';
import type * as fc from 'fast-check';
import { ServiceError } from '../../../../shared/api/errors.ts';
import { LedgerStore } from '../../../../src-main/store/commands/ledger-store.ts';
import { RecordJudge } from './judge-records.ts';
import { ManualClock } from './manual-clock.ts';
import { ScheduledLedger } from './scheduled-ledger.ts';

const LEASE_MS = 1_000;
export const PLAIN = { namespace: 'w', dataset: 'plain', partition: 'date=1' };
export const GATED = { namespace: 'w', dataset: 'gated', partition: 'date=1' };
const BOTH = [PLAIN, GATED];
const REFUSALS = [
  'held',
  'stale-token',
  'not-open',
  'ended',
  'not-checked',
  'not-whole',
  'lease-over',
  'unknown-partition',
];

export class Night {
  readonly ledger: ScheduledLedger;
  readonly clock = new ManualClock();
  readonly store: LedgerStore;
  readonly step: (label: string) => Promise<void>;
  readonly refused: string[] = [];

  constructor(scheduler: fc.Scheduler, ledger: ScheduledLedger, store: LedgerStore, clock: ManualClock) {
    this.ledger = ledger;
    this.store = store;
    this.clock = clock;
    this.step = (label) => scheduler.schedule(Promise.resolve(), label);
  }

  static async of(scheduler: fc.Scheduler): Promise<Night> {
    const ledger = new ScheduledLedger(scheduler);
    const clock = new ManualClock();
    const store = await LedgerStore.open(ledger, { clock, defaultLeaseMs: LEASE_MS });
    return new Night(scheduler, ledger, store, clock);
  }

  /** A command's answer, or null when it was refused for a reason that these actors may meet. */
  async try<T extends object>(command: () => Promise<T>): Promise<T | null> {
    try {
      const answer = await command();
      if ('seq' in answer) ok((answer.seq as number) <= this.ledger.lastSeq, 'answered before it was durable');
      return answer;
    } catch (error) {
      if (!(error instanceof ServiceError) || !REFUSALS.includes(error.code)) throw error;
      this.refused.push(error.code);
      return null;
    }
  }

  async write(run: string, attempt: number, takeover: boolean): Promise<void> {
    const tokens: number[] = [];
    for (const name of BOTH) {
      await this.step(`${run} ${attempt} opens`);
      const opened = await this.try(() => this.store.open({ ...name, run, attempt, takeover }));
      if (opened === null) return;
      tokens.push(opened.token);
    }
    await this.step(`${run} ${attempt} beats`);
    await this.try(async () => this.store.heartbeat({ ...PLAIN, run, token: tokens[0] }));
    await this.step(`${run} ${attempt} checks`);
    await this.try(() => this.store.check({ ...GATED, run, token: tokens[1], metrics: { rowCount: attempt } }));
    await this.step(`${run} ${attempt} finalizes`);
    const outputs = BOTH.map((name, i) => ({ ...name, token: tokens[i] }));
    const first = await this.try(() => this.store.finalize({ run, outputs }));
    await this.step(`${run} ${attempt} finalizes again`);
    const again = await this.try(() => this.store.finalize({ run, outputs }));
    if (first !== null) deepStrictEqual(again, first);
  }

  /** Asks, and compares with the records that were durable then. */
  async read(): Promise<void> {
    for (let i = 0; i < 5; i++) {
      await this.step('reader asks');
      const { versions, asOfSeq } = this.store.ready({ inputs: BOTH });
      deepStrictEqual(asOfSeq, this.ledger.lastSeq);
      const judge = new RecordJudge([], 0);
      for (const record of this.ledger.durable) judge.take(record);
      deepStrictEqual(
        versions,
        BOTH.map((name) => judge.readable(name)),
      );
    }
  }

  async publish(): Promise<void> {
    for (const token of [1, 2, 1, 3]) {
      await this.step('publisher publishes');
      await this.try(() => this.store.publish({ ...PLAIN, token }));
    }
  }

  async pass(): Promise<void> {
    for (const ms of [400, 700, 400]) {
      await this.step('time passes');
      this.clock.advance(ms);
    }
  }
}
