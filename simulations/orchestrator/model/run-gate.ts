// Pipeline runs that not everything of is acted on at once: a limit on active runs, and a scheduler loop that creates and
// examines only so many runs in one go. Ready task runs of a run that is not active, or not examined since, are parked
// here. A run takes its place when it is due (a triggered one, when it could start), and keeps it until all of its task
// runs have ended, whether they run or wait: that is how waiting runs can hold up others.

import type { Orchestrator } from '../../../shared/scenario/scenario.ts';
import { NO_ROW, ROW_INTS, ROW_NEXT } from '../../engine/rows.ts';
import type { RunPlan } from '../run-plan/plan.ts';

const RunState = { unknown: 0, due: 1, created: 2, active: 3, done: 4 } as const;
const NO_LIMIT = 1_073_741_823;

export class RunGate {
  /** False when every run is active from the start: then nobody need ask. */
  readonly isBinding: boolean;
  /** Rows that may go on: `released[0 … releasedCount)`, for the player to take. */
  readonly released: Int32Array;
  releasedCount = 0;
  readonly #rows: Int32Array;
  readonly #plan: RunPlan;
  readonly #createdMax: number;
  readonly #examinedMax: number;
  readonly #hasLoop: boolean;
  readonly #state: Uint8Array;
  readonly #left: Int32Array;
  /** First parked row of each run. */
  readonly #parked: Int32Array;
  readonly #parkedOf: Int32Array;
  /** Parked rows of active runs. */
  #toExamine = 0;
  /** Runs of one pipeline, or of one backfill, share a limit. */
  readonly #batch: Int32Array;
  readonly #limit: Int32Array;
  readonly #active: Int32Array;
  /** Runs that wait to be created; runs that wait to be active, by batch; runs to examine in turn. */
  readonly #due: RunQueue;
  readonly #waiting: readonly RunQueue[];
  readonly #turn: RunQueue;
  /** Runs that are over and still stand there. */
  #overInTurn = 0;

  /** `backfillRuns`: limit of each backfill, or null. */
  constructor(rows: Int32Array, plan: RunPlan, { loop }: Orchestrator, backfillRuns: readonly (number | null)[]) {
    const { runs, definitions: defs, taskRuns } = plan;
    this.#rows = rows;
    this.#plan = plan;
    this.#hasLoop = loop !== null;
    this.#createdMax = loop?.createdRuns ?? NO_LIMIT;
    this.#examinedMax = loop?.examinedRuns ?? NO_LIMIT;
    const limits = defs.pipelines.map(({ activeRuns }) => activeRuns);
    const ofBackfill = (b: number): number | null => backfillRuns[b] ?? limits[runs.pipeline[runs.backfill.indexOf(b)]];
    this.#limit = Int32Array.from(
      [...limits, ...backfillRuns.map((_, b) => ofBackfill(b))],
      (limit) => limit ?? NO_LIMIT,
    );
    this.#batch = runs.pipeline.map((p, run) => (runs.backfill[run] < 0 ? p : limits.length + runs.backfill[run]));
    const sizes = new Int32Array(this.#limit.length);
    for (const batch of this.#batch) sizes[batch]++;
    this.isBinding =
      Math.min(this.#createdMax, this.#examinedMax) < runs.count || this.#limit.some((limit, b) => limit < sizes[b]);
    this.released = new Int32Array(this.isBinding ? taskRuns.count : 0);
    this.#state = new Uint8Array(runs.count);
    this.#left = new Int32Array(runs.count);
    this.#parked = new Int32Array(runs.count);
    this.#parkedOf = new Int32Array(runs.count);
    this.#active = new Int32Array(this.#limit.length);
    this.#due = new RunQueue(this.isBinding ? runs.count : 0);
    this.#turn = new RunQueue(this.isBinding ? runs.count : 0);
    this.#waiting = Array.from(sizes, (size) => new RunQueue(this.isBinding ? size : 0));
  }

  clear(): void {
    const { ofRun } = this.#plan.taskRuns;
    for (let run = 0; run < this.#left.length; run++) this.#left[run] = ofRun.offsets[run + 1] - ofRun.offsets[run];
    this.#state.fill(RunState.unknown);
    this.#parked.fill(NO_ROW);
    this.#parkedOf.fill(0);
    this.#toExamine = 0;
    this.#active.fill(0);
    this.releasedCount = 0;
    this.#due.clear();
    this.#turn.clear();
    this.#overInTurn = 0;
    for (const queue of this.#waiting) queue.clear();
  }

  /** Whether the next loop has runs to create, or rows to find in active ones. */
  get hasWork(): boolean {
    return this.#due.size > 0 || this.#toExamine > 0;
  }

  due(run: number): void {
    if (this.#state[run] !== RunState.unknown) return;
    this.#state[run] = RunState.due;
    if (this.#hasLoop) this.#due.push(run);
    else this.#create(run);
  }

  /** True when the row may go on; else it is parked. */
  arrive(row: number): boolean {
    const run = this.#plan.taskRuns.run[row / ROW_INTS];
    this.due(run);
    // Of a run that is over, only what is tried again for its data's sake.
    if (this.#state[run] === RunState.done) return true;
    if (this.#state[run] === RunState.active && !this.#hasLoop) return true;
    this.#rows[row + ROW_NEXT] = this.#parked[run];
    this.#parked[run] = row;
    this.#parkedOf[run]++;
    if (this.#state[run] === RunState.active) this.#toExamine++;
    return false;
  }

  ended(taskRun: number): void {
    const run = this.#plan.taskRuns.run[taskRun];
    if (--this.#left[run] > 0) return;
    const wasActive = this.#state[run] === RunState.active;
    this.#state[run] = RunState.done;
    if (!wasActive) return;
    // Parked while its last ones ended: what is tried again for its data's sake. Nobody would come back for it.
    this.#release(run);
    if (this.#hasLoop) this.#overInTurn++;
    this.#active[this.#batch[run]]--;
    this.#activate(this.#batch[run]);
  }

  /** One loop: creates, then examines. True when it had something to do. */
  loop(): boolean {
    const did = this.hasWork;
    for (let i = 0; i < this.#createdMax && this.#due.size > 0; i++) this.#create(this.#due.pop());
    if (this.#toExamine > 0) this.#examine();
    return did;
  }

  #examine(): void {
    if (this.#overInTurn === 0 && this.#turn.size <= this.#examinedMax) {
      // All of them are examined: as many turns as there are runs leave their order as it was.
      for (let i = 0; i < this.#turn.size && this.#toExamine > 0; i++) this.#release(this.#turn.at(i));
      return;
    }
    const turns = Math.min(this.#examinedMax, this.#turn.size);
    for (let i = 0; i < turns; ) {
      if (this.#turn.size === 0) return;
      const run = this.#turn.pop();
      if (this.#state[run] === RunState.done) {
        this.#overInTurn--;
        continue;
      }
      this.#release(run);
      this.#turn.push(run);
      i++;
    }
  }

  #create(run: number): void {
    if (this.#state[run] === RunState.done) return;
    this.#state[run] = RunState.created;
    const batch = this.#batch[run];
    this.#waiting[batch].push(run);
    this.#activate(batch);
  }

  #activate(batch: number): void {
    const waiting = this.#waiting[batch];
    while (waiting.size > 0 && this.#active[batch] < this.#limit[batch]) {
      const run = waiting.pop();
      if (this.#state[run] === RunState.done) continue;
      this.#state[run] = RunState.active;
      this.#active[batch]++;
      this.#toExamine += this.#parkedOf[run];
      if (this.#hasLoop) this.#turn.push(run);
      else this.#release(run);
    }
  }

  #release(run: number): void {
    for (let row = this.#parked[run]; row >= 0; row = this.#rows[row + ROW_NEXT]) {
      this.released[this.releasedCount++] = row;
    }
    this.#toExamine -= this.#parkedOf[run];
    this.#parkedOf[run] = 0;
    this.#parked[run] = NO_ROW;
  }
}

/** A ring of run ids, each at most once. */
class RunQueue {
  size = 0;
  readonly #runs: Int32Array;
  #head = 0;

  constructor(capacity: number) {
    this.#runs = new Int32Array(capacity + 1);
  }

  push(run: number): void {
    this.#runs[(this.#head + this.size++) % this.#runs.length] = run;
  }

  /** The one that comes `turns` after the next. */
  at(turns: number): number {
    const at = this.#head + turns;
    return this.#runs[at < this.#runs.length ? at : at - this.#runs.length];
  }

  pop(): number {
    const run = this.#runs[this.#head];
    this.#head = (this.#head + 1) % this.#runs.length;
    this.size--;
    return run;
  }

  clear(): void {
    this.size = 0;
    this.#head = 0;
  }
}
