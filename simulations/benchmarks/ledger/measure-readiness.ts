// Readiness of ten partitions in a large index, idle and while commands arrive; how large the index is; and how long a
// start from its snapshot takes.

import { setImmediate as afterIo, setTimeout as sleep } from 'node:timers/promises';
import type { ReadyRequest } from '../../../shared/api/ledger.ts';
import { mix32 } from '../../../shared/base/hash.ts';
import { LedgerStore } from '../../../src-main/store/commands/ledger-store.ts';
import { Ledger } from '../../../src-main/store/ledger/ledger.ts';
import { readSnapshot, takeSnapshot } from '../../../src-main/store/partitions/snapshot.ts';
import { inFolder, type Latency, latencyOf, nameOf, peakRssMb } from './figures.ts';
import { filledIndex } from './fill-index.ts';

export interface ReadinessFigures {
  readonly partitions: number;
  readonly indexMb: number;
  /** Growth of the process by the index, after a garbage collection where one can be asked for. */
  readonly rssMb: number;
  readonly peakRssMb: number;
  /** Microseconds for ten partitions. */
  readonly idleUs: Latency;
  readonly busyUs: Latency;
  readonly commandsPerSecond: number;
  readonly recordsPerSecond: number;
  readonly snapshotMb: number;
  readonly snapshotWriteSeconds: number;
  readonly startSeconds: number;
}

const INPUTS = 10;
const BUSY_MS = 6_000;
const TICK_MS = 5;

export function measureReadiness(
  parent: string,
  partitions: number,
  checks: number,
  rate: number,
): Promise<ReadinessFigures> {
  return inFolder(parent, async (dir) => {
    const rssBefore = process.memoryUsage().rss;
    const index = filledIndex(partitions);
    globalThis.gc?.();
    const rssMb = (process.memoryUsage().rss - rssBefore) / 1e6;
    const { ledger } = await Ledger.open(dir);
    const store = await LedgerStore.open(ledger, { index });
    await store.declare({ namespace: 'w', dataset: 'first', gate: null });
    ask(store, partitions, Math.ceil(checks / 10), 7);
    const idleUs = latencyOf(ask(store, partitions, checks, 1));
    const busy = await askWhileBusy(store, partitions, checks, rate);
    const indexMb = index.byteLength / 1e6;
    const starts = await measureStart(ledger, store);
    store.close();
    await ledger.close();
    return { partitions, indexMb, rssMb, idleUs, ...busy, ...starts, peakRssMb: peakRssMb() };
  });
}

/** As they come from a client: read from JSON, so that their texts are whole and were never looked at. */
function requests(partitions: number, count: number, seed: number): ReadyRequest[] {
  const made: ReadyRequest[] = Array.from({ length: count }, (_, i) => ({
    inputs: Array.from({ length: INPUTS }, (__, j) => nameOf((mix32(seed + i * INPUTS + j) >>> 0) % partitions)),
    when: 'published',
  }));
  return JSON.parse(JSON.stringify(made)) as ReadyRequest[];
}

function ask(store: LedgerStore, partitions: number, count: number, seed: number): Float64Array {
  const took = new Float64Array(count);
  for (const [i, request] of requests(partitions, count, seed).entries()) {
    const from = performance.now();
    const { ready } = store.ready(request);
    took[i] = (performance.now() - from) * 1_000;
    if (!ready) throw new Error('a filled index is not ready');
  }
  return took;
}

/** Commands arrive at `rate` a second; checks are made all the while, a few in a turn. */
async function askWhileBusy(store: LedgerStore, partitions: number, checks: number, rate: number) {
  const until = performance.now() + BUSY_MS;
  const load = sendCommands(store, rate, until);
  const firstSeq = store.lastSeq;
  const parts: Float64Array[] = [];
  const inTurn = Math.max(1, Math.ceil((checks * TICK_MS) / BUSY_MS));
  while (performance.now() < until) {
    parts.push(ask(store, partitions, inTurn, parts.length * 1_000_003));
    await sleep(TICK_MS);
  }
  const commands = await load;
  const took = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    took.set(part, at);
    at += part.length;
  }
  const seconds = BUSY_MS / 1_000;
  return {
    busyUs: latencyOf(took),
    commandsPerSecond: commands / seconds,
    recordsPerSecond: (store.lastSeq - firstSeq) / seconds,
  };
}

/** Opens, then finalizes, new partitions. */
async function sendCommands(store: LedgerStore, rate: number, until: number): Promise<number> {
  let sent = 0;
  const waiting = new Set<Promise<unknown>>();
  const from = performance.now();
  for (let next = 0; performance.now() < until; ) {
    for (const due = ((performance.now() - from) * rate) / 1_000; sent < due; next++, sent += 2) {
      const run = `run-${next}`;
      const name = { namespace: 'live', dataset: `table_${next % 100}`, partition: `n=${next}` };
      const work: Promise<unknown> = store
        .open({ ...name, run, attempt: 1 })
        .then(({ token }) => store.finalize({ run, outputs: [{ ...name, token }] }))
        .then(() => waiting.delete(work));
      waiting.add(work);
    }
    await sleep(2);
  }
  await Promise.all(waiting);
  return sent;
}

async function measureStart(ledger: Ledger, store: LedgerStore) {
  await afterIo();
  const snapshot = takeSnapshot(store.index);
  const writing = performance.now();
  let snapshotBytes = 0;
  for (const chunk of snapshot.chunks) snapshotBytes += chunk.length;
  await ledger.writeSnapshot(snapshot.seq, snapshot.chunks);
  snapshot.release();
  const starting = performance.now();
  const { snapshot: found } = await ledger.newestSnapshot();
  if (found === null) throw new Error('the snapshot is not there');
  const index = await readSnapshot(found.chunks);
  const ended = performance.now();
  if (index.partitionCount !== store.index.partitionCount) throw new Error('the snapshot lost partitions');
  return {
    snapshotMb: snapshotBytes / 1e6,
    snapshotWriteSeconds: (starting - writing) / 1_000,
    startSeconds: (ended - starting) / 1_000,
  };
}
