// The n-th call to the disk fails, for n = 1, 2, … until a run comes through without: in the midst of appends, rotations
// and snapshots, for a moment or until the disk is healed, with the ledger going on in place or opened again.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NEVER_CANCELLED } from '../../../shared/base/cancel.ts';
import type { LedgerDraft } from '../../../shared/model/ledger.ts';
import { REAL_DISK } from '../../../src-main/store/ledger/disk.ts';
import { Ledger, type LedgerOptions } from '../../../src-main/store/ledger/ledger.ts';
import { FAULTS, type Fault, type FaultyDisk, faultyDisk } from './faulty-disk.ts';
import type { Outcome } from './summary.ts';

/** Groups of records in a run; a segment holds a few. */
const GROUPS = 12;
const SEGMENT_BYTES = 300;
const GROUP = [0, 1] as const;
const TRIES = 6;

interface Case {
  readonly fault: Fault;
  readonly lasting: boolean;
  /** Whether the ledger is opened again after a failure, as after a crash, or goes on. */
  readonly crash: boolean;
}

/** `stride`: only every so manieth call. */
export async function* faultTrials(stride: number): AsyncGenerator<Outcome> {
  for (const fault of FAULTS) {
    for (const [lasting, crash] of [
      [false, false],
      [true, false],
      [false, true],
    ] as const) {
      if (fault === 'short' && lasting) continue;
      for (let n = 1, more = true; more; n += stride) {
        const dir = mkdtempSync(join(tmpdir(), 'landfall-faults-'));
        try {
          const disk = faultyDisk(REAL_DISK, n, fault, lasting);
          yield await faultOnce(dir, disk, { fault, lasting, crash }, n);
          more = disk.failed;
        } finally {
          rmSync(dir, { recursive: true, force: true });
        }
      }
    }
  }
}

interface Run {
  readonly acked: Map<number, number>;
  readonly heard: number[];
  readonly wrong: string[];
  refused: number;
}

async function faultOnce(dir: string, disk: FaultyDisk, how: Case, n: number): Promise<Outcome> {
  const run: Run = { acked: new Map(), heard: [], wrong: [], refused: 0 };
  const options: LedgerOptions = { disk, maxSegmentBytes: SEGMENT_BYTES, retryMs: 0 };
  let ledger = await openAgain(dir, options, disk, run);
  for (let group = 1; group <= GROUPS; group++) {
    await Promise.all([append(ledger, group, run), append(ledger, group + 100, run)]);
    if (group % 5 === 0) await ledger.writeSnapshot(ledger.lastSeq, [Buffer.from('index')]).catch(() => run.refused++);
    if (ledger.state === 'open') continue;
    if (how.crash) {
      await ledger.close();
      ledger = await openAgain(dir, options, disk, run);
    } else await goOn(ledger, disk, run);
  }
  // A mark that cannot be synced is told; what it speaks of is durable.
  await ledger.close().catch(() => run.refused++);
  return { ...(await compareRun(dir, run)), name: `call ${n} fails: ${JSON.stringify(how)}` };
}

async function openAgain(dir: string, options: LedgerOptions, disk: FaultyDisk, run: Run): Promise<Ledger> {
  for (let tries = 1; ; tries++) {
    try {
      const { ledger } = await Ledger.open(dir, options);
      ledger.onDurable((records) => run.heard.push(...records.map(({ seq }) => seq)));
      return ledger;
    } catch (error) {
      run.refused++;
      if (tries === TRIES || (error instanceof Error && error.message.includes('damaged'))) throw error;
      disk.heal();
    }
  }
}

async function goOn(ledger: Ledger, disk: FaultyDisk, run: Run): Promise<void> {
  for (let tries = 1; ledger.state === 'stopped'; tries++) {
    if (tries === TRIES) throw new Error('the ledger does not go on');
    await ledger.append([draftOf(0)]).then(
      () => run.wrong.push('a stopped ledger took a record'),
      () => run.refused++,
    );
    await ledger.reopen().catch(() => disk.heal());
  }
}

async function append(ledger: Ledger, group: number, run: Run): Promise<void> {
  try {
    run.acked.set(group, await ledger.append(GROUP.map((part) => draftOf(group * 10 + part))));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : String(error);
    if (code !== 'outcome-unknown' && code !== 'intake-stopped') run.wrong.push(`refused with ${String(code)}`);
    run.refused++;
  }
}

const draftOf = (number: number): LedgerDraft => ({
  kind: 'published',
  atUs: number,
  receivedUs: 0,
  namespace: 'faults',
  dataset: 'orders',
  partition: `n=${number}`,
  version: 1,
});

/** Opens with a disk that works: acked is in recovered, groups are whole, nothing is twice, and all was told once. */
async function compareRun(dir: string, run: Run): Promise<Omit<Outcome, 'name'>> {
  const startedMs = performance.now();
  const { ledger } = await Ledger.open(dir, { maxSegmentBytes: SEGMENT_BYTES });
  const openMs = performance.now() - startedMs;
  const found = new Map<number, number[]>();
  const seqs: number[] = [];
  for await (const batch of ledger.read(1, NEVER_CANCELLED)) {
    for (const { seq, atUs } of batch) {
      seqs.push(seq);
      found.set(atUs, [...(found.get(atUs) ?? []), seq]);
    }
  }
  await ledger.close();
  const lost = [...run.acked].filter(([group, seq]) =>
    GROUP.some((part) => found.get(group * 10 + part)?.[0] !== seq + part),
  );
  const doubled = [...found].filter(([, at]) => at.length > 1).map(([number]) => `${number}`);
  const torn = [...found.keys()].filter((number) => !found.has(number % 10 === 0 ? number + 1 : number - 1));
  const wrong = [...run.wrong, ...torn.map((number) => `half of the group of ${number}`)];
  if (seqs.some((seq, at) => seq !== at + 1)) wrong.push('seqs have a gap');
  if (run.heard.some((seq, at) => at > 0 && seq <= run.heard[at - 1])) wrong.push('told twice, or out of order');
  if (run.heard.some((seq) => seq > seqs.length)) wrong.push('told what is not there');
  return {
    acked: run.acked.size,
    recovered: found.size / GROUP.length,
    refused: run.refused,
    lost: lost.map(([group]) => `group ${group}`),
    doubled,
    wrong,
    openMs,
  };
}
