// A store on real files in a folder of its own, with a clock that the test moves; it can be closed and opened again.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LedgerStore } from '../../../../src-main/store/commands/ledger-store.ts';
import { Ledger, type LedgerOptions } from '../../../../src-main/store/ledger/ledger.ts';
import { ManualClock } from './manual-clock.ts';

export const LEASE_MS = 10_000;

export class RealStore {
  readonly clock = new ManualClock();
  readonly dir: string;
  readonly #options: LedgerOptions;
  #ledger: Ledger | null = null;
  #store: LedgerStore | null = null;

  private constructor(dir: string, options: LedgerOptions) {
    this.dir = dir;
    this.#options = options;
  }

  static async make(options: LedgerOptions = {}): Promise<RealStore> {
    const real = new RealStore(await mkdtemp(join(tmpdir(), 'landfall-commands-')), options);
    await real.open();
    return real;
  }

  get store(): LedgerStore {
    if (this.#store === null) throw new Error('closed');
    return this.#store;
  }

  get ledger(): Ledger {
    if (this.#ledger === null) throw new Error('closed');
    return this.#ledger;
  }

  async open(): Promise<void> {
    const { ledger } = await Ledger.open(this.dir, this.#options);
    this.#ledger = ledger;
    this.#store = await LedgerStore.open(ledger, { clock: this.clock, defaultLeaseMs: LEASE_MS });
  }

  async close(): Promise<void> {
    this.#store?.close();
    await this.#ledger?.close();
    this.#store = null;
    this.#ledger = null;
  }

  async reopen(): Promise<void> {
    await this.close();
    await this.open();
  }

  /** Everything that was decided before this is durable after it. */
  async settled(): Promise<void> {
    await this.store.declare({ namespace: 'test', dataset: 'settled', gate: null });
  }

  async remove(): Promise<void> {
    await this.close();
    await rm(this.dir, { recursive: true, force: true });
  }
}
