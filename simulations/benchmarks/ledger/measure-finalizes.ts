// Durable finalizes a second through the commands in process: each writer waits for its answer before the next one.
// The versions are opened before, the published events follow by themselves and are part of the load.

import { LedgerStore } from '../../../src-main/store/commands/ledger-store.ts';
import { Ledger } from '../../../src-main/store/ledger/ledger.ts';
import { inFolder, type Latency, latencyOf } from './figures.ts';

export interface FinalizeFigures extends Latency {
  readonly writers: number;
  readonly finalizes: number;
  readonly perSecond: number;
  /** Of the whole process, a finalize with its publish. */
  readonly cpuUs: number;
}

const COLUMNS = { user_id: 0, item_id: 0.001 };

export function measureFinalizes(parent: string, writers: number, total: number): Promise<FinalizeFigures> {
  return inFolder(parent, async (dir) => {
    const { ledger } = await Ledger.open(dir);
    const store = await LedgerStore.open(ledger);
    const each = Math.ceil(total / writers);
    const nameOf = (writer: number, i: number) => ({ namespace: 'w', dataset: `table ${writer}`, partition: `n=${i}` });
    // Half as many again to warm up, not counted.
    const rounds = Math.ceil(each * 1.5);
    for (let i = 0; i < rounds; i++) {
      const opens = Array.from({ length: writers }, (_, w) => ({ ...nameOf(w, i), run: `run ${w}`, attempt: 1 }));
      await Promise.all(opens.map((request) => store.open(request)));
    }
    const finalizeOne = (writer: number, i: number): Promise<unknown> =>
      store.finalize({
        run: `run ${writer}`,
        outputs: [{ ...nameOf(writer, i), token: 1, metrics: { rowCount: i, nullRates: COLUMNS } }],
        inputs: [{ namespace: 'w', dataset: 'raw', partition: `n=${i}`, version: 1 }],
      });
    const took = new Float64Array(each * writers);
    let done = 0;
    const all = async (work: (writer: number) => Promise<void>): Promise<void> =>
      void (await Promise.all(Array.from({ length: writers }, (_, writer) => work(writer))));
    await all(async (writer) => {
      for (let i = each; i < rounds; i++) await finalizeOne(writer, i);
    });
    const cpu = process.cpuUsage();
    const from = performance.now();
    await all(async (writer) => {
      for (let i = 0; i < each; i++) {
        const sent = performance.now();
        await finalizeOne(writer, i);
        took[done++] = performance.now() - sent;
      }
    });
    const seconds = (performance.now() - from) / 1_000;
    const { user, system } = process.cpuUsage(cpu);
    store.close();
    await ledger.close();
    return { writers, finalizes: done, perSecond: done / seconds, cpuUs: (user + system) / done, ...latencyOf(took) };
  });
}
