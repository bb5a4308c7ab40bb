// Writers killed with SIGKILL, at named points and at random moments, again and again on the same workspaces.

import { type ChildProcess, spawn } from 'node:child_process';
import { appendFileSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { randomKey, randomUnit } from '../../../shared/base/random.ts';
import { Workspace } from '../../../src-main/store/workspace.ts';
import { compare, nothingSaid, type Said } from './recovered.ts';
import type { Outcome } from './summary.ts';
import { type KillPoint, SEGMENT_BYTES, type WriterOrders } from './words.ts';

/** One after another, so that each gets its share of any number of kills. */
const POINTS: readonly KillPoint[] = [
  'random',
  'append',
  'write',
  'sync',
  'mark',
  'random',
  'seal',
  'rotate',
  'tail-copied',
  'truncate',
  'random',
  'snapshot-written',
  'snapshot',
  'feed',
  'checkpoint',
  'random',
  'migrate',
  'import staged',
  'import written',
  'import synced',
  'import named',
  'import loaded',
];
/** A workspace is compared as a whole after each kill, so it is left for a new one in time. */
const KILLS_A_WORKSPACE = 22;
const REBUILD_EVERY = 11;
/** How long after it is open a writer lives that is killed from outside. */
const LIFE_MS = 400;
const RUNS_A_TRIAL = 100_000;
const SENT_AGAIN = 40;
/** On a machine that has no time for it a writer is slow: one that says nothing for so long hangs. */
const SILENCE_MS = 60_000;
/** A point that is not reached by then is not on the way of this writer. */
const COMMANDS_MAX = 100_000;

export async function* killTrials(kills: number, seed: number, program: string): AsyncGenerator<Outcome> {
  for (let first = 0; first < kills; first += KILLS_A_WORKSPACE) {
    const dir = mkdtempSync(join(tmpdir(), 'landfall-torture-'));
    try {
      await (await Workspace.create(join(dir, 'workspace'), 'torture')).close();
      const said = nothingSaid();
      for (let number = first; number < Math.min(kills, first + KILLS_A_WORKSPACE); number++) {
        yield await killOnce(join(dir, 'workspace'), said, number, randomKey(seed, 'kill', number), program);
      }
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  }
}

async function killOnce(dir: string, said: Said, number: number, key: number, program: string): Promise<Outcome> {
  const point = POINTS[number % POINTS.length];
  const unanswered = [...said.sent].filter((command) => !said.acked.has(command));
  const orders: WriterOrders = {
    dir,
    from: (number + 1) * RUNS_A_TRIAL,
    again: unanswered.slice(-SENT_AGAIN),
    killAt: point,
    times: timesOf(point, randomUnit(key, 0)),
    snapshots: true,
    segmentBytes: SEGMENT_BYTES,
  };
  if (point === 'tail-copied' || point === 'truncate') tearTail(dir);
  if (point === 'migrate') rmSync(join(dir, 'landfall.duckdb'), { force: true });
  const heard = await runWriter(orders, randomUnit(key, 1), program);
  const rebuild = number % REBUILD_EVERY === REBUILD_EVERY - 1;
  return outcomeOf(`kill ${number} at ${point}`, dir, said, heard, rebuild);
}

/** One kill after so many records, with no snapshot to begin from: how long is it until commands are taken again? */
export async function* recoveryTrial(records: number, program: string): AsyncGenerator<Outcome> {
  const root = mkdtempSync(join(tmpdir(), 'landfall-recovery-'));
  try {
    const dir = join(root, 'workspace');
    await (await Workspace.create(dir, 'recovery')).close();
    const once = { from: 1, again: [], killAt: 'append', times: records, snapshots: false } as const;
    const orders: WriterOrders = { dir, ...once, segmentBytes: 64 * 1024 * 1024 };
    const heard = await runWriter(orders, 0, program, { commands: COMMANDS_MAX + records });
    yield await outcomeOf(`kill after ${records} records`, dir, nothingSaid(), heard, false);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

async function outcomeOf(name: string, dir: string, said: Said, heard: Heard, rebuild: boolean): Promise<Outcome> {
  for (const command of heard.sent) said.sent.add(command);
  for (const [command, seq] of heard.acked) said.acked.set(command, seq);
  const recoveredBefore = said.foundCommands;
  const { recovered, lost, doubled, notSent, differing, openMs, openCpuMs } = await compare(dir, said, rebuild);
  return {
    name,
    acked: heard.acked.length,
    recovered: recovered - recoveredBefore,
    refused: heard.refused.length,
    lost,
    doubled,
    wrong: [...notSent.map((key) => `${key} was never sent`), ...differing, ...heard.failures],
    openMs,
    openCpuMs,
  };
}

/** Points that come with each record, batch, segment or start are waited for so often. */
function timesOf(point: KillPoint, unit: number): number {
  if (point === 'append') return 1 + Math.floor(unit * 1500);
  if (point === 'write' || point === 'sync' || point === 'mark') return 1 + Math.floor(unit * 200);
  if (point === 'seal' || point === 'rotate') return 1 + Math.floor(unit * 4);
  if (point === 'snapshot-written' || point === 'snapshot') return 1 + Math.floor(unit * 5);
  return 1;
}

/** What a power failure in the midst of a write leaves: a part of a frame. */
function tearTail(dir: string): void {
  const folder = join(dir, 'ledger');
  const last = existsSync(folder) ? readdirSync(folder).findLast((name) => name.endsWith('.seg')) : undefined;
  if (last !== undefined) appendFileSync(join(folder, last), Buffer.alloc(23, 1));
}

interface Heard {
  readonly sent: string[];
  readonly acked: [string, number][];
  readonly refused: string[];
  readonly failures: string[];
}

/** Until it is dead: by its own hand at a named point, by ours, or given up. */
export async function runWriter(
  orders: WriterOrders,
  unit: number,
  program: string,
  { silenceMs = SILENCE_MS, commands = COMMANDS_MAX } = {},
): Promise<Heard> {
  const heard: Heard = { sent: [], acked: [], refused: [], failures: [] };
  const child = spawn(process.execPath, [program, '--writer', JSON.stringify(orders)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let errors = '';
  child.stderr.on('data', (text: Buffer) => (errors += text.toString()));
  const giveUp = (why: string): void => {
    if (heard.failures.length > 0) return;
    heard.failures.push(`${orders.killAt} was not reached: ${why}`);
    child.kill('SIGKILL');
  };
  const silence = setTimeout(() => giveUp(`nothing was heard for ${silenceMs / 1_000} s`), silenceMs);
  createInterface({ input: child.stdout }).on('line', (line) => {
    silence.refresh();
    hear(heard, line);
    killFromOutside(orders.killAt, line, unit, child);
    if (heard.acked.length === commands) giveUp(`${commands} commands were done`);
  });
  const signal = await new Promise((resolve) => child.on('close', (_, by) => resolve(by)));
  clearTimeout(silence);
  if (signal !== 'SIGKILL') heard.failures.push(`the writer ended by itself: ${errors}`);
  return heard;
}

function hear(heard: Heard, line: string): void {
  const [word, verb, run, seq] = line.split(' ');
  if (word === 'sent') heard.sent.push(`${verb} ${run}`);
  else if (word === 'acked') heard.acked.push([`${verb} ${run}`, Number(seq)]);
  else if (word === 'refused' || word === 'fault') heard.refused.push(line);
}

/** Some work has no named points of ours: it is hit by the clock. */
function killFromOutside(point: KillPoint, line: string, unit: number, child: ChildProcess): void {
  const kill = (afterMs: number): void => void setTimeout(() => child.kill('SIGKILL'), afterMs);
  if (point === 'migrate' && line === 'opening') kill(unit * LIFE_MS);
  else if (point === 'random' && line === 'open') kill(unit * LIFE_MS);
  // The first feeding begins at most 100 ms after the first record.
  else if (point === 'feed' && line === 'open') kill(100 + unit * 60);
  else if (point === 'checkpoint' && line === 'checkpoint') kill(unit * 8);
}
