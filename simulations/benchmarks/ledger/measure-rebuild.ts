// Starts and rebuilds from a ledger of n records: the index without a snapshot, and the read model after it was deleted.

import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { LedgerStore } from '../../../src-main/store/commands/ledger-store.ts';
import { LiveLedger } from '../../../src-main/store/live-ledger.ts';
import { READ_MODEL_FILE } from '../../../src-main/store/read-model/read-model.ts';
import { Workspace } from '../../../src-main/store/workspace.ts';
import { inFolder } from './figures.ts';

export interface RebuildFigures {
  readonly records: number;
  /** From the ledger alone. */
  readonly indexSeconds: number;
  /** Opening the workspace, its ledger recovered. */
  readonly openSeconds: number;
  /** The index once more, then the read model. */
  readonly readModelSeconds: number;
  /** Of these, without the index: with a snapshot, or while it runs, this is all. */
  readonly feedSeconds: number;
  readonly readModelPerSecond: number;
}

const BURST = 2_000;
/** open, finalize, publish. */
const RECORDS_EACH = 3;

export function measureRebuild(parent: string, records: number): Promise<RebuildFigures> {
  return inFolder(parent, async (dir) => {
    await writeRecords(dir, records);
    await rm(join(dir, READ_MODEL_FILE));
    const opening = performance.now();
    const workspace = await Workspace.open(dir);
    const openSeconds = (performance.now() - opening) / 1_000;
    const indexing = performance.now();
    const alone = await LedgerStore.open(workspace.ledger);
    const indexSeconds = (performance.now() - indexing) / 1_000;
    alone.close();
    alone.detach();
    const feeding = performance.now();
    const live = await LiveLedger.open(workspace, { onFault: report });
    const indexed = performance.now();
    await live.caughtUp();
    const feedSeconds = (performance.now() - indexed) / 1_000;
    const readModelSeconds = (performance.now() - feeding) / 1_000;
    const count = live.commands.lastSeq;
    await live.close();
    await workspace.close();
    live.detach();
    const readModelPerSecond = count / readModelSeconds;
    return { records: count, indexSeconds, openSeconds, readModelSeconds, feedSeconds, readModelPerSecond };
  });
}

async function writeRecords(dir: string, records: number): Promise<void> {
  const workspace = await Workspace.create(dir, 'bench');
  const store = await LedgerStore.open(workspace.ledger);
  const partitions = Math.ceil(records / RECORDS_EACH);
  for (let at = 0; at < partitions; at += BURST) {
    const numbers = Array.from({ length: Math.min(BURST, partitions - at) }, (_, i) => at + i);
    await Promise.all(
      numbers.map(async (i) => {
        const name = { namespace: 'w', dataset: `table_${i % 500}`, partition: `n=${i}` };
        const { token } = await store.open({ ...name, run: `run-${i}`, attempt: 1, pipeline: 'p', task: 't' });
        await store.finalize({ run: `run-${i}`, outputs: [{ ...name, token, metrics: { rowCount: i } }] });
      }),
    );
  }
  await store.declare({ namespace: 'w', dataset: 'last', gate: null });
  store.close();
  await workspace.close();
  store.detach();
}

function report(fault: unknown, where: string): void {
  console.error(`${where}: ${fault instanceof Error ? fault.message : fault}`);
}
