// Bytes of a closed workspace are flipped, cut off or zeroed, in every kind of file, at random places. Afterwards either
// everything is there, or what is missing was told: by a refusal to open, by repair, or among the workspace's problems.
// Then the workspace goes on: subscribers and a read model that is made again (afterwards.ts).

import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { NEVER_CANCELLED } from '../../../shared/base/cancel.ts';
import { ContentHash } from '../../../shared/base/hash.ts';
import { randomKey, randomUnit } from '../../../shared/base/random.ts';
import { LiveLedger } from '../../../src-main/store/live-ledger.ts';
import { takeSnapshot } from '../../../src-main/store/partitions/snapshot.ts';
import { repairWorkspace } from '../../../src-main/store/repair-workspace.ts';
import { Workspace } from '../../../src-main/store/workspace.ts';
import { smallImport } from '../../src-main/store/support/small-import.ts';
import { answerDifferences, answersOf, deleteReadModel, ledgerAnswers, subscriberFaults } from './afterwards.ts';
import type { Outcome } from './summary.ts';
import { TORTURED } from './words.ts';

const RUNS = 60;
const SEGMENT_BYTES = 3000;
/** A zeroed stretch is a sector. */
const ZERO_BYTES = 512;
const WAYS = ['flip', 'cut', 'zero'] as const;

/** Everything that a user could miss. */
interface Content {
  /** Hash of each record by seq. */
  readonly records: ReadonlyMap<number, string>;
  readonly readModel: string;
  readonly logs: string;
}

interface Opened extends Content {
  readonly told: readonly string[];
}

export async function* damageTrials(trials: number, seed: number): AsyncGenerator<Outcome> {
  const root = mkdtempSync(join(tmpdir(), 'landfall-damage-'));
  try {
    const made = join(root, 'made');
    await makeWorkspace(made);
    const whole = await readContent(made);
    const kinds = filesByKind(made);
    for (let number = 0; number < trials; number++) {
      const dir = join(root, `trial-${number}`);
      cpSync(made, dir, { recursive: true });
      yield await damageOnce(dir, whole, kinds, number, randomKey(seed, 'damage', number));
      rmSync(dir, { recursive: true, force: true });
    }
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

async function makeWorkspace(dir: string): Promise<void> {
  const created = await Workspace.create(dir, 'damage');
  await created.close();
  const workspace = await Workspace.open(dir, { maxSegmentBytes: SEGMENT_BYTES });
  const live = await LiveLedger.open(workspace, { onFault: fail });
  for (let n = 1; n <= RUNS; n++) {
    const [partition, run] = [{ ...TORTURED, partition: `n=${n}` }, `run-${n}`];
    const { token } = await live.commands.open({ ...partition, run, attempt: 1 });
    const inputs = n === 1 ? [] : [{ ...TORTURED, partition: `n=${n - 1}`, version: 1 }];
    await live.commands.finalize({ run, outputs: [{ ...partition, token, metrics: { rowCount: n } }], inputs });
    if (n % 25 !== 0) continue;
    const { seq, chunks, release } = takeSnapshot(live.commands.index);
    await workspace.ledger.writeSnapshot(seq, chunks);
    release();
  }
  await workspace.addImport(smallImport(1));
  await workspace.addImport(smallImport(2));
  await live.caughtUp();
  await live.close();
  await workspace.close();
}

const fail = (fault: unknown): void => {
  throw fault;
};

/** So that each kind gets its share, however large its files are. */
function filesByKind(dir: string): readonly (readonly string[])[] {
  const kinds = new Map<string, string[]>();
  const files = readdirSync(dir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  for (const { parentPath, name } of files) {
    const path = relative(dir, join(parentPath, name));
    const kind = path.replace(/[0-9a-f]{8,}/g, '#');
    kinds.set(kind, [...(kinds.get(kind) ?? []), path].toSorted());
  }
  return [...kinds].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, paths]) => paths);
}

async function damageOnce(
  dir: string,
  whole: Content,
  kinds: readonly (readonly string[])[],
  number: number,
  key: number,
): Promise<Outcome> {
  const kind = kinds[number % kinds.length];
  const path = kind[Math.floor(randomUnit(key, 0) * kind.length)];
  const way = WAYS[Math.floor(randomUnit(key, 1) * WAYS.length)];
  const at = damageFile(join(dir, path), way, randomUnit(key, 2));
  const outcome = { name: `damage ${number}: ${way} ${path} at ${at}`, acked: whole.records.size, doubled: [] };
  const startedMs = performance.now();
  const found = await openOrRepair(dir).catch((error: unknown) => String(error));
  const openMs = performance.now() - startedMs;
  // Refused, with a reason, and nothing was changed: that is told.
  if (typeof found === 'string')
    return { ...outcome, recovered: 0, refused: 1, lost: [], wrong: refusedWrongly(path, found), openMs };
  const { opened, lostSeqs } = found;
  const wrong = [...untoldDifferences(whole, found), ...(await faultsAfterwards(dir))];
  const missing = [...whole.records].filter(([seq, hash]) => opened.records.get(seq) !== hash).map(([seq]) => seq);
  const untold = missing.filter((seq) => !lostSeqs.has(seq));
  return {
    ...outcome,
    recovered: opened.records.size,
    refused: lostSeqs.size > 0 ? 1 : 0,
    lost: untold.map((seq) => `seq ${seq}`),
    wrong,
    openMs,
  };
}

/** Only the file that says that the folder is a workspace may keep it from opening for good. */
const refusedWrongly = (path: string, reason: string): string[] =>
  path === 'workspace.json' && reason.includes('is not a Landfall workspace') ? [] : [reason];

function damageFile(path: string, way: (typeof WAYS)[number], unit: number): number {
  const bytes = readFileSync(path);
  const at = Math.floor(unit * bytes.length);
  if (way === 'flip') bytes[at] ^= 1 << Math.floor(unit * 8);
  if (way === 'zero') bytes.fill(0, at, Math.min(bytes.length, at + ZERO_BYTES));
  writeFileSync(path, way === 'cut' ? bytes.subarray(0, at) : bytes);
  return at;
}

interface Found {
  readonly opened: Opened;
  readonly lostSeqs: ReadonlySet<number>;
}

async function openOrRepair(dir: string): Promise<Found> {
  try {
    return { opened: await readContent(dir), lostSeqs: new Set() };
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ledger-damaged')) throw error;
    const { lost } = await repairWorkspace(dir);
    const lostSeqs = new Set<number>();
    for (const { firstSeq, lastSeq } of lost) for (let seq = firstSeq; seq <= lastSeq; seq++) lostSeqs.add(seq);
    return { opened: await readContent(dir), lostSeqs };
  }
}

/** What is other than before and was told by nobody. */
function untoldDifferences(whole: Content, { opened, lostSeqs }: Found): string[] {
  const isTold = opened.told.length > 0;
  const wrong: string[] = [];
  if (opened.readModel !== whole.readModel && lostSeqs.size === 0) wrong.push('the read model is another');
  if (opened.logs !== whole.logs && !isTold) wrong.push('the logs are others, and nobody said so');
  return wrong;
}

const readContent = (dir: string): Promise<Opened> =>
  withLedger(dir, async (live, workspace) => {
    const records = new Map<number, string>();
    for await (const batch of workspace.ledger.read(1, NEVER_CANCELLED)) {
      for (const record of batch) records.set(record.seq, new ContentHash().text(JSON.stringify(record)).hex());
    }
    await live.caughtUp();
    const readModel = ledgerAnswers(await answersOf(workspace));
    const logs = await logsOf(workspace);
    return { records, readModel, logs, told: [...workspace.problems, ...live.problems].map(({ reason }) => reason) };
  });

async function faultsAfterwards(dir: string): Promise<string[]> {
  const [faults, before] = await withLedger(dir, async (live, workspace) => {
    const faults = await subscriberFaults(live, workspace);
    await live.caughtUp();
    return [faults, await answersOf(workspace)] as const;
  });
  deleteReadModel(dir);
  return withLedger(dir, async (live, workspace) => {
    await live.caughtUp();
    const after = await answersOf(workspace);
    // Files of an import are looked into only now: damage in them is told now.
    const isTold = workspace.problems.some(({ severity }) => severity === 'error');
    return [...faults, ...answerDifferences(before, after, isTold)];
  });
}

async function withLedger<T>(dir: string, work: (live: LiveLedger, workspace: Workspace) => Promise<T>): Promise<T> {
  const workspace = await Workspace.open(dir, { maxSegmentBytes: SEGMENT_BYTES });
  try {
    const live = await LiveLedger.open(workspace, { onFault: () => {} });
    return await work(live, workspace).finally(() => live.close());
  } finally {
    await workspace.close();
  }
}

async function logsOf(workspace: Workspace): Promise<string> {
  const hash = new ContentHash();
  for (const { name } of workspace.logs()) {
    // One that proves damaged is set aside and told.
    const log = await workspace.readLog(name).catch(() => null);
    if (log === null) continue;
    hash.text(log.name);
    for (const chunk of log.chunks) {
      for (const column of Object.values(chunk)) if (column instanceof Float64Array) hash.array(column);
    }
  }
  return hash.hex();
}
