// What a workspace holds after a kill, compared with what its writers said: every acknowledged command is there, at the
// seq of its answer; nothing is there that was not sent, or twice; what was there before is still the same; and the
// partition index and the read model say what a reading of the ledger from its start says.

import { NEVER_CANCELLED } from '../../../shared/base/cancel.ts';
import { ContentHash } from '../../../shared/base/hash.ts';
import type { LedgerRecord } from '../../../shared/model/ledger.ts';
import { LiveLedger } from '../../../src-main/store/live-ledger.ts';
import { PartitionIndex } from '../../../src-main/store/partitions/partition-index.ts';
import { Workspace } from '../../../src-main/store/workspace.ts';
import { type Answers, answerDifferences, answersOf, deleteReadModel } from './afterwards.ts';
import { SEGMENT_BYTES } from './words.ts';

/** All that writers of one workspace said, and what was found at the last comparison. */
export interface Said {
  readonly sent: Set<string>;
  /** Seq by command. */
  readonly acked: Map<string, number>;
  foundCommands: number;
  foundRecords: number;
  foundHash: string;
}

export const nothingSaid = (): Said => ({
  sent: new Set(),
  acked: new Map(),
  foundCommands: 0,
  foundRecords: 0,
  foundHash: hashOf([]),
});

export interface Compared {
  readonly records: number;
  readonly recovered: number;
  readonly lost: readonly string[];
  readonly doubled: readonly string[];
  readonly notSent: readonly string[];
  /** What else is not as it was. */
  readonly differing: readonly string[];
  /** What recovery told. */
  readonly told: readonly string[];
  readonly openMs: number;
  /** On all cores: what a machine with nothing else to do would need at most. */
  readonly openCpuMs: number;
}

/** Opens, compares, closes. `rebuild`: also deletes the DuckDB file and compares what is made again. */
export async function compare(dir: string, said: Said, rebuild: boolean): Promise<Compared> {
  const [startedMs, startedCpu] = [performance.now(), process.cpuUsage()];
  const workspace = await Workspace.open(dir, { maxSegmentBytes: SEGMENT_BYTES });
  const live = await LiveLedger.open(workspace, { onFault: () => {} });
  const openMs = performance.now() - startedMs;
  const cpu = process.cpuUsage(startedCpu);
  const openCpuMs = (cpu.user + cpu.system) / 1000;
  const told = [...workspace.problems, ...live.problems].map(({ reason }) => reason);
  try {
    const records: LedgerRecord[] = [];
    for await (const batch of workspace.ledger.read(1, NEVER_CANCELLED)) records.push(...batch);
    const differing = [...differences(records, said), ...indexDifferences(live, records)];
    await settled(live);
    const before = await seenIn(workspace);
    const found = commandsIn(records);
    const answer = {
      records: records.length,
      recovered: found.size,
      ...compareCommands(found, said),
      told,
      openMs,
      openCpuMs,
    };
    said.foundCommands = found.size;
    said.foundRecords = records.length;
    said.foundHash = hashOf(records);
    if (!rebuild) return { ...answer, differing };
    await close(live, workspace);
    return { ...answer, differing: [...differing, ...(await rebuiltDifferences(dir, before))] };
  } finally {
    await close(live, workspace);
  }
}

/** Events that a crash kept back are delivered at the start: what is compared is what is there after that. */
async function settled(live: LiveLedger): Promise<void> {
  while (live.commands.index.parts.outbox.size > 0) await new Promise((resolve) => setTimeout(resolve, 1));
  await live.caughtUp();
}

async function close(live: LiveLedger, workspace: Workspace): Promise<void> {
  await live.close();
  await workspace.close();
}

/** Seqs by command: more than one is a command that was done twice. */
function commandsIn(records: readonly LedgerRecord[]): Map<string, number[]> {
  const found = new Map<string, number[]>();
  const add = (key: string, seq: number): void => {
    found.set(key, [...(found.get(key) ?? []), seq]);
  };
  for (const record of records) {
    const { seq } = record;
    if (record.kind === 'opened') add(`open ${record.run.slice(4)}`, seq);
    else if (record.kind === 'finalized') add(`finalize ${record.run.slice(4)}`, seq);
    else if (record.kind === 'failed') add(`fail ${record.partition.slice(2)}`, seq);
    else if (record.kind === 'observed') add(`observe ${Number.parseInt(record.contentHash, 16)}`, seq);
    else if (record.kind === 'published') add(`publish ${record.partition.slice(2)}`, seq);
  }
  return found;
}

function compareCommands(found: Map<string, number[]>, said: Said): Pick<Compared, 'lost' | 'doubled' | 'notSent'> {
  const lost = [...said.acked].filter(([key, seq]) => found.get(key)?.includes(seq) !== true).map(([key]) => key);
  const doubled = [...found].filter(([, seqs]) => seqs.length > 1).map(([key]) => key);
  const notSent = [...found.keys()].filter((key) => !said.sent.has(key.replace('publish', 'finalize')));
  return { lost, doubled, notSent };
}

function differences(records: readonly LedgerRecord[], said: Said): string[] {
  const gap = records.findIndex(({ seq }, at) => seq !== at + 1);
  const same = hashOf(records.slice(0, said.foundRecords)) === said.foundHash;
  return [
    ...(gap < 0 ? [] : [`seq ${gap + 1} is missing`]),
    ...(same ? [] : ['records recovered before are others now']),
  ];
}

function hashOf(records: readonly LedgerRecord[]): string {
  const hash = new ContentHash();
  for (const record of records) hash.text(JSON.stringify(record));
  return hash.hex();
}

/** The index as it was brought up, from a snapshot mostly, against one made of the ledger alone. */
function indexDifferences({ commands }: LiveLedger, records: readonly LedgerRecord[]): string[] {
  const fresh = new PartitionIndex();
  for (const record of records) fresh.apply(record);
  const stateOf = (index: PartitionIndex, row: number): string => {
    const name = index.nameOf(row);
    const number = index.latestNumber(index.find(name));
    const readable = [index.readable(name, 'finalized'), index.readable(name, 'published')];
    return JSON.stringify([name, number, readable, index.version(index.find(name), number, '')]);
  };
  const differing: string[] = [];
  // Owed events are delivered as soon as it is open, so the live one may be ahead.
  if (commands.index.asOfSeq === fresh.asOfSeq) {
    for (let row = 0; row < fresh.partitionCount; row++) {
      const [rebuilt, live] = [stateOf(fresh, row), stateOf(commands.index, row)];
      if (rebuilt !== live) differing.push(`index of partition ${row}: ${live}, rebuilt: ${rebuilt}`);
    }
  }
  return differing;
}

interface Seen {
  readonly lastSeq: number;
  readonly answers: Answers;
}

const seenIn = async (workspace: Workspace): Promise<Seen> => ({
  lastSeq: workspace.ledger.lastSeq,
  answers: await answersOf(workspace),
});

async function rebuiltDifferences(dir: string, before: Seen): Promise<string[]> {
  deleteReadModel(dir);
  const workspace = await Workspace.open(dir, { maxSegmentBytes: SEGMENT_BYTES });
  const live = await LiveLedger.open(workspace, { onFault: () => {} });
  try {
    await settled(live);
    const after = await seenIn(workspace);
    const seqs = after.lastSeq === before.lastSeq ? [] : [`last seq ${before.lastSeq}, then ${after.lastSeq}`];
    return [...seqs, ...answerDifferences(before.answers, after.answers, false)];
  } finally {
    await close(live, workspace);
  }
}
