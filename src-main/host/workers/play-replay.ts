// Plays a log again for one landing: the unchanged log first, as the control, then each change. What is known is told
// after each, so that the first rows stand while the others are played.

import { checkOrdering } from '../../../shared/analysis/ordering/check.ts';
import { taskRunTimes } from '../../../shared/analysis/task-run-times.ts';
import { ChainReader, type Goal } from '../../../shared/analysis/why/critical-chain.ts';
import { ServiceError } from '../../../shared/api/errors.ts';
import type {
  ReplayChange,
  ReplayControl,
  ReplayEarlyRead,
  ReplayProgress,
  ReplayRow,
} from '../../../shared/api/views-why.ts';
import { msBetween } from '../../../shared/base/time.ts';
import { type Log, taskRunLabel } from '../../../shared/model/log.ts';
import { changeName } from '../../../simulations/experiments/counterfactual/change-name.ts';
import { declaredReads } from '../../../simulations/experiments/counterfactual/declared-reads.ts';
import { provedEarlyReads } from '../../../simulations/experiments/counterfactual/early-reads.ts';
import { judgeControl, landingIn, pieceOf } from '../../../simulations/experiments/counterfactual/judge-replay.ts';
import { Replay, type ReplayTimes } from '../../../simulations/experiments/counterfactual/replay.ts';
import { logOfReplay } from '../../../simulations/experiments/counterfactual/replay-log.ts';
import type { ReplayAnswer, ReplayJob } from './job.ts';

const EARLY_READS_MAX = 10;

export function playReplay(job: ReplayJob, progress: (progress: ReplayProgress) => void): ReplayAnswer {
  return new ReplayRun(job, progress).run();
}

class ReplayRun {
  readonly #job: ReplayJob;
  readonly #progress: (progress: ReplayProgress) => void;
  readonly #reader: ChainReader;
  readonly #replay: Replay;
  readonly #isDeclared: (taskRun: number, dataset: number) => boolean;
  readonly #rows: ReplayRow[] = [];
  #control: ReplayControl | null = null;
  /** Of the unchanged replay, made when the first change asks for it. */
  #earlyBefore: readonly ReplayEarlyRead[] | null = null;
  #done = 0;

  constructor(job: ReplayJob, progress: (progress: ReplayProgress) => void) {
    const { log, catalog } = job;
    this.#job = job;
    this.#progress = progress;
    this.#tell('reading the log');
    this.#reader = new ChainReader(log, catalog, taskRunTimes(log));
    const replay = Replay.of(log, this.#reader);
    if (!replay.ok) throw new ServiceError({ code: 'bad-input', message: replay.error });
    this.#replay = replay.value;
    this.#isDeclared = declaredReads(log, this.#reader.upstreams.join);
  }

  run(): ReplayAnswer {
    const startedMs = performance.now();
    const { taskRun, dataset, changes, keepAs } = this.#job;
    const goal = this.#reader.landingOf(taskRun, dataset);
    if (goal === null)
      throw this.#refuse(`${this.#label(taskRun)} has not landed in this log, so nothing can be compared`);
    this.#tell('playing the unchanged night');
    const unchanged = this.#replay.play({ kind: 'none' });
    if (!unchanged.ok) throw this.#refuse(unchanged.error);
    const { sumMs } = this.#reader.chain(goal);
    const control = judgeControl(goal, sumMs, this.#replay.pieces, unchanged.value);
    this.#control = control;
    this.#done++;
    let last = unchanged.value;
    for (const change of changes) {
      this.#tell(`playing ${changeName(this.#job.log, change)}`);
      // Of a change that is only asked when the goal lands, the rest of the night is not played.
      const isWhole = keepAs !== null || change.kind === 'declare-dependency';
      const played = this.#replay.play(change, isWhole ? -1 : pieceOf(goal, this.#replay.pieces));
      if (played.ok) last = played.value;
      this.#rows.push(
        played.ok
          ? this.#row(goal, change, played.value, unchanged.value)
          : refusedRow(this.#job.log, change, played.error),
      );
      this.#done++;
      this.#tell('played');
    }
    const kept = keepAs === null ? null : this.#logOf(last, keepAs, changes[0] ?? { kind: 'none' });
    return { view: { control, rows: this.#rows, elapsedMs: performance.now() - startedMs }, kept };
  }

  #row(goal: Goal, change: ReplayChange, times: ReplayTimes, unchanged: ReplayTimes): ReplayRow {
    const landedUs = landingIn(goal, this.#replay.pieces, times);
    const dueUs = this.#job.log.taskRuns.deadlineUs[goal.taskRun];
    const early = change.kind === 'declare-dependency' ? this.#earlyReads(change, times, unchanged) : NO_EARLY_READS;
    return {
      change,
      name: changeName(this.#job.log, change),
      landedUs,
      lateMs: msBetween(dueUs, landedUs),
      verdict: Number.isNaN(dueUs) ? 'no deadline' : landedUs <= dueUs ? 'met' : 'missed',
      gainMs: msBetween(landedUs, goal.at.us),
      ...early,
      refused: '',
    };
  }

  /** The ordering rules over both replays, as over any log. */
  #earlyReads(change: ReplayChange, times: ReplayTimes, unchanged: ReplayTimes) {
    this.#earlyBefore ??= this.#provedIn(this.#logOf(unchanged, 'unchanged', { kind: 'none' }));
    const before = this.#earlyBefore;
    const after = this.#provedIn(this.#logOf(times, 'changed', change));
    const isIn = (list: readonly ReplayEarlyRead[], read: ReplayEarlyRead): boolean =>
      list.some(({ reader, dataset }) => reader === read.reader && dataset === read.dataset);
    return {
      newEarlyReads: after.filter((read) => !isIn(before, read)).slice(0, EARLY_READS_MAX),
      goneEarlyReads: before.filter((read) => !isIn(after, read)).slice(0, EARLY_READS_MAX),
    };
  }

  #provedIn(log: Log): ReplayEarlyRead[] {
    return provedEarlyReads(log, checkOrdering(log, { toleranceMs: 0, limit: 1_000 }));
  }

  #logOf(times: ReplayTimes, name: string, change: ReplayChange): Log {
    const { log } = this.#job;
    const title = `${log.name} played again: ${changeName(log, change)}`;
    return logOfReplay({ log, replay: this.#replay.pieces, times, name, title, isDeclared: this.#isDeclared });
  }

  #tell(step: string): void {
    const share = this.#done / (this.#job.changes.length + 1);
    this.#progress({ step, share, control: this.#control, rows: [...this.#rows] });
  }

  #label(taskRun: number): string {
    return taskRunLabel(this.#job.log, taskRun);
  }

  #refuse(message: string): ServiceError {
    return new ServiceError({ code: 'bad-input', message });
  }
}

const NO_EARLY_READS = { newEarlyReads: [], goneEarlyReads: [] };

const refusedRow = (log: Log, change: ReplayChange, refused: string): ReplayRow => ({
  change,
  name: changeName(log, change),
  landedUs: Number.NaN,
  lateMs: Number.NaN,
  verdict: 'no deadline',
  gainMs: Number.NaN,
  ...NO_EARLY_READS,
  refused,
});
