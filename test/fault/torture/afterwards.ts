// What a repaired workspace must still do: subscribers are told every record once and in order, from wherever they left
// off and on into what is written next; and the read model, deleted and made again, gives the same answers.

import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { type CancelSignal, cancelSource, NEVER_CANCELLED } from '../../../shared/base/cancel.ts';
import type { LiveLedger } from '../../../src-main/store/live-ledger.ts';
import type { Workspace } from '../../../src-main/store/workspace.ts';
import { TORTURED } from './words.ts';

const PATIENCE_MS = 20_000;

const LEDGER_VIEWS = ['version', 'run', 'lineage', 'stale_run', 'quality', 'partition'].map(
  (of) => `ledger_${of}_view`,
);
const LOG_VIEWS = ['task_run_view', 'partition_version_view', 'event_view'];

/** Every answer of the read model by what it is about: a view of the ledger, or a view and the name of an imported log. */
export type Answers = ReadonlyMap<string, string>;

/** Hashes of rows, their order and a log's id aside: both may be others in a read model that is made again. */
export async function answersOf(workspace: Workspace): Promise<Answers> {
  const parts = [
    ...LEDGER_VIEWS.map((view) => `SELECT '${view}' AS of, count(*) AS n, bit_xor(hash(v)) AS hash FROM ${view} AS v`),
    ...LOG_VIEWS.map(
      (view) => `SELECT '${view} of ' || log AS of, count(*) AS n, bit_xor(hash(v)) AS hash
        FROM (SELECT * EXCLUDE (log_id) FROM ${view}) AS v GROUP BY log`,
    ),
  ];
  const rows = await workspace.query(parts.join(' UNION ALL '));
  return new Map(rows.map(({ of, n, hash }) => [String(of), `${String(n)} rows, ${String(hash)}`]));
}

/** Of the ledger alone, as text. */
export const ledgerAnswers = (answers: Answers): string =>
  LEDGER_VIEWS.map((view) => `${view}: ${answers.get(view)}`).join('; ');

/** `mayLack`: an imported log may be gone, because that was told. */
export function answerDifferences(before: Answers, after: Answers, mayLack: boolean): string[] {
  const about = new Set([...before.keys(), ...after.keys()]);
  return [...about]
    .filter((of) => before.get(of) !== after.get(of) && !(mayLack && !LEDGER_VIEWS.includes(of) && !after.has(of)))
    .map((of) => `the read model said ${of}: ${before.get(of)}, made again ${after.get(of)}`);
}

/** The workspace must be closed. */
export function deleteReadModel(dir: string): void {
  for (const name of ['landfall.duckdb', 'landfall.duckdb.wal']) rmSync(join(dir, name), { force: true });
}

/** Two subscribers, one from the start and one from the middle, while a run is written: what they got wrong, in words. */
export async function subscriberFaults(live: LiveLedger, workspace: Workspace): Promise<string[]> {
  const stop = cancelSource();
  const starts = [1, Math.ceil(live.commands.lastSeq / 2) + 1];
  const followers = starts.map((fromSeq) => follow(live, fromSeq, stop.signal));
  const lastSeq = await writeOneMore(live);
  const deadline = performance.now() + PATIENCE_MS;
  while (followers.some(({ heard }) => (heard.at(-1) ?? 0) < lastSeq) && performance.now() < deadline) await pause();
  stop.cancel();
  await Promise.all(followers.map(({ ended }) => ended));
  const there: number[] = [];
  for await (const batch of workspace.ledger.read(1, NEVER_CANCELLED)) there.push(...batch.map(({ seq }) => seq));
  return starts.flatMap((fromSeq, i) => {
    const wanted = there.filter((seq) => seq >= fromSeq && seq <= lastSeq);
    const heard = followers[i].heard.filter((seq) => seq <= lastSeq);
    return differenceOf(`the subscriber from ${fromSeq}`, wanted, heard);
  });
}

function follow(live: LiveLedger, fromSeq: number, signal: CancelSignal) {
  const heard: number[] = [];
  const ended = (async (): Promise<void> => {
    for await (const records of live.commands.subscribe({ fromSeq }, signal))
      heard.push(...records.map(({ seq }) => seq));
  })();
  return { heard, ended };
}

/** A run after the damage, with its published event. */
async function writeOneMore({ commands }: LiveLedger): Promise<number> {
  const [partition, run] = [{ ...TORTURED, partition: 'after' }, 'run-after'];
  const { token } = await commands.open({ ...partition, run, attempt: 1 });
  const inputs = [{ ...TORTURED, partition: 'n=1', version: 1 }];
  await commands.finalize({ run, outputs: [{ ...partition, token, metrics: { rowCount: 1 } }], inputs });
  await commands.wait({ inputs: [partition], when: 'published' }, NEVER_CANCELLED);
  return commands.lastSeq;
}

function differenceOf(who: string, wanted: readonly number[], heard: readonly number[]): string[] {
  const at = wanted.findIndex((seq, i) => heard[i] !== seq);
  if (at < 0 && heard.length === wanted.length) return [];
  const place = at < 0 ? wanted.length : at;
  return [`${who} heard ${heard[place] ?? 'nothing more'} where ${wanted[place] ?? 'nothing more'} comes`];
}

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1));
