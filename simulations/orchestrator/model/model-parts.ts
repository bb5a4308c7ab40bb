// What a play of the model is made of: every part compiled from the plan and the orchestrator once, and cleared before
// each play. The event loop over it is play-model.ts.

import type { RuleName } from '../../../shared/lifecycle/rules.ts';
import type { Fault, FaultStep, Orchestrator } from '../../../shared/scenario/scenario.ts';
import { EpochQueue } from '../../engine/epoch-queue.ts';
import { LongDelayLane } from '../../engine/lanes.ts';
import { numberQueues } from '../../engine/queue-ids.ts';
import { RowBatch } from '../../engine/row-batch.ts';
import { ROW_INTS } from '../../engine/rows.ts';
import { compileDurations, type DurationSampler, LONG_MS } from '../durations/compile.ts';
import type { DurationHistory } from '../durations/history.ts';
import { slowdownTable } from '../durations/load.ts';
import { MessageRows } from '../run-plan/messages.ts';
import type { RunPlan } from '../run-plan/plan.ts';
import { Attempts } from './attempts.ts';
import { DataChecks } from './data-checks.ts';
import { type DelayColumn, finalizeColumn, markerColumn, publishColumn } from './delay-columns.ts';
import { DependencyState } from './dependency-state.ts';
import { Executor } from './executor.ts';
import { FateColumns } from './fate-columns.ts';
import { FinalizeService } from './finalize-service.ts';
import { LateSources } from './late-sources.ts';
import { Markers } from './markers.ts';
import { compileGraph, type ModelGraph } from './model-graph.ts';
import { Phase, ROW_ATTEMPT, ROW_PHASE, ROW_QUEUE, ROW_SLOTS } from './model-rows.ts';
import { clearTimes, type ModelTimes, newTimes } from './model-times.ts';
import { Outages } from './outages.ts';
import { PartitionHolders } from './partition-holders.ts';
import { PoolMeter } from './pool-meter.ts';
import { PublishFaults } from './publish-faults.ts';
import { type RuleSwitches, ruleSwitches } from './rule-switches.ts';
import { RunGate } from './run-gate.ts';
import { SchedulerLoops } from './scheduler-loop.ts';
import { Sensors } from './sensors.ts';
import { dueLane, SourceLane, wheelShift } from './source-lane.ts';
import { TokenLimits } from './token-limits.ts';
import { Triggerer } from './triggerer.ts';
import { WaitingLists } from './waiting-lists.ts';
import { WorkerLosses } from './worker-losses.ts';

export interface ModelInput {
  readonly plan: RunPlan;
  readonly orchestrator: Orchestrator;
  readonly faults: readonly Fault[];
  /** Limit on active runs of each backfill, or null for its pipeline's. */
  readonly backfillRuns: readonly (number | null)[];
  /** Rules of the lifecycle that are switched off: for tests alone. */
  readonly rulesOff?: ReadonlySet<RuleName>;
  /** Where a play that would not end is stopped; PLAY_LIMITS when left out. */
  readonly limits?: PlayLimits;
  /** Not measured. */
  readonly warmUpMs: number;
  /** Whole observed nights to draw durations from, or null. */
  readonly history: DurationHistory | null;
  /** What makes a deadline. */
  readonly landing: 'published' | 'finalized';
  /** compileGraph(plan), where somebody has it already: threads share one. */
  readonly graph?: ModelGraph;
  /** Replications 2k and 2k + 1 are pairs: the second takes the mirrored durations of the first. */
  readonly antithetic?: boolean;
}

const NO_POOL_LIMIT = 1_073_741_823;

export interface PlayLimits {
  /** Simulated time from the start. */
  readonly simulatedMs: number;
  readonly eventsPerTaskRun: number;
}

/** Ten years; and more events than a task run of a thousand retries has. */
export const PLAY_LIMITS: PlayLimits = { simulatedMs: 3_650 * 86_400_000, eventsPerTaskRun: 10_000 };

export abstract class ModelParts {
  /** Why the last play was stopped before its end; null when it was not. */
  stopped: 'time' | 'events' | null = null;
  /** Of the last play. */
  readonly times: ModelTimes;
  readonly meter: PoolMeter;
  /** By pool: the time that granted attempts had waited in its queue, from the end of the warm-up on. */
  readonly poolWaits: { readonly sumMs: Float64Array; readonly count: Float64Array };
  /** Enqueues, ends of attempts, of checks and of finalizes, and the publishes that somebody waits for; of the last play. */
  events = 0;
  /** The last instant at which something happened. */
  endMs = 0;
  protected readonly in: ModelInput;
  protected readonly graph: ModelGraph;
  protected readonly rows: Int32Array;
  /** Rows from here on are timers. */
  protected readonly tasksEnd: number;
  protected readonly sensors: Sensors;
  protected readonly triggerer: Triggerer;
  protected readonly queue: EpochQueue;
  /** Who is ready and waits for its dispatch, which takes the same for all. */
  protected readonly dispatched = new LongDelayLane();
  protected sources: SourceLane;
  /** The sources of a play in which none is late. */
  readonly #inTime: SourceLane;
  protected readonly pools: WaitingLists;
  protected readonly limits: TokenLimits;
  protected readonly dependencies: DependencyState;
  protected readonly arrivals = new RowBatch();
  /** What ended in this round and wants a server of the finalize service. */
  protected readonly toFinalize = new RowBatch();
  protected readonly sampler: DurationSampler;
  /** Of first attempts, where all are drawn beforehand. */
  readonly #durationMs: Int32Array;
  #isDrawn = false;
  /** By pool: the factor on durations by slots in use, or null. */
  protected readonly slowdown: readonly (Float64Array | null)[];
  protected readonly attempts: Attempts;
  /** A Failure of the running attempt. */
  protected readonly fails: Uint8Array;
  /** Of attempts after the first. */
  protected readonly enqueuedMs: Float64Array;
  protected readonly finalize: DelayColumn;
  protected readonly publish: DelayColumn;
  readonly #besideEvent: DelayColumn | null;
  protected readonly service: FinalizeService;
  protected readonly publishFaults: PublishFaults;
  protected readonly dispatchMs: number;
  protected readonly late: LateSources;
  protected readonly checks: DataChecks;
  protected readonly markers: Markers;
  /** Their rows name what readers are told. */
  readonly messages: MessageRows;
  readonly rules: RuleSwitches;
  /** How long a writer holds its versions after each sign of life. */
  readonly leaseMs: number;
  protected readonly holders: PartitionHolders;
  /** Rows only where something can strike an attempt. */
  protected readonly fates: FateColumns;
  protected readonly losses: WorkerLosses;
  protected readonly openOutages: Outages;
  protected readonly checkOutages: Outages;
  protected readonly publishOutages: Outages;
  /** From the end of the work on there is nothing but a delay that is known at once. */
  protected readonly isPlain: boolean;
  /** By task run: 0 where a trace leaves out what the times of a whole play say of it. */
  readonly toldInFull: Uint8Array;
  /** False where a trace leaves out who was overtaken, since the times of a whole play say it (overtakings.ts). */
  tellsOvertaken: boolean;
  /** By task run: 1 once its end was told; empty where that happens once anyway. */
  protected readonly told: Uint8Array;
  protected readonly gate: RunGate;
  protected readonly runLane: SourceLane;
  protected readonly loop: SchedulerLoops | null;
  protected readonly executor: Executor;
  constructor(input: ModelInput) {
    const { plan, orchestrator, faults } = input;
    const { definitions: defs, taskRuns } = plan;
    this.in = input;
    this.graph = input.graph ?? compileGraph(plan);
    this.sensors = new Sensors(plan, this.graph);
    this.triggerer = new Triggerer(orchestrator.triggers.triggererSlots, this.sensors);
    this.rows = this.sensors.rows;
    this.tasksEnd = taskRuns.count * ROW_INTS;
    const pool = taskRuns.task.map((task) => defs.pool[task]);
    const priority = taskRuns.task.map((task) => defs.priority[task]);
    const { ids, queue } = numberQueues(pool, priority, defs.poolSlots.length);
    for (let i = 0; i < taskRuns.count; i++) {
      this.rows[i * ROW_INTS + ROW_QUEUE] = queue[i];
      this.rows[i * ROW_INTS + ROW_SLOTS] = defs.slots[taskRuns.task[i]];
    }
    const slots = defs.poolSlots.map((n) => (n < 0 ? NO_POOL_LIMIT : n));
    this.times = newTimes(taskRuns.count);
    this.meter = new PoolMeter(slots.length, input.warmUpMs);
    this.poolWaits = { sumMs: new Float64Array(slots.length), count: new Float64Array(slots.length) };
    this.enqueuedMs = new Float64Array(taskRuns.count);
    this.queue = new EpochQueue(this.rows, wheelShift(plan));
    this.limits = new TokenLimits(plan, orchestrator);
    this.pools = new WaitingLists(this.rows, ids, slots, this.limits, this.meter);
    this.messages = new MessageRows(defs, taskRuns.task);
    this.markers = new Markers(this.messages, orchestrator);
    this.dependencies = new DependencyState(this.rows, this.graph, this.messages);
    this.dispatchMs = orchestrator.loop === null ? orchestrator.dispatchMs : 0;
    this.gate = new RunGate(this.rows, plan, orchestrator, input.backfillRuns);
    this.runLane = dueLane(plan, this.gate.isBinding);
    const { loop } = orchestrator;
    this.loop = loop === null ? null : new SchedulerLoops(loop, this.rows, this.pools, priority);
    this.executor = new Executor(plan, orchestrator);
    this.sampler = compileDurations(plan, input.history, input.antithetic);
    this.#durationMs = new Int32Array(taskRuns.count);
    this.slowdown = defs.workload.pools.map(({ slowdown, slots: limit }) =>
      slowdown.length === 0 || limit === null ? null : slowdownTable(slowdown, limit),
    );
    this.fails = new Uint8Array(taskRuns.count);
    this.finalize = finalizeColumn(plan, orchestrator);
    this.publish = publishColumn(plan, orchestrator, this.messages);
    this.#besideEvent = markerColumn(plan, orchestrator, this.messages);
    const ofKind = (...kinds: Fault['kind'][]): Fault[] => faults.filter(({ kind }) => kinds.includes(kind));
    this.service = new FinalizeService(plan, orchestrator, ofKind('store-outage'));
    const publishKinds = ['publish-late', 'publish-lost', 'publish-duplicated'] as const;
    this.publishFaults = new PublishFaults(
      plan,
      this.messages,
      ofKind(...publishKinds),
      orchestrator.finalize.publishDelay,
    );
    this.late = new LateSources(plan, ofKind('late-source'));
    this.#inTime = this.late.isBinding ? this.#lateLane() : new SourceLane(this.graph.pending, taskRuns.releaseMs);
    this.sources = this.#inTime;
    this.checks = new DataChecks(plan);
    this.leaseMs = orchestrator.heartbeats?.timeoutMs ?? Number.POSITIVE_INFINITY;
    this.rules = ruleSwitches(input.rulesOff ?? new Set());
    this.holders = new PartitionHolders(this.rows, plan, this.rules.sharesPartitions);
    this.losses = new WorkerLosses(plan, orchestrator, ofKind('worker-loss'));
    const hasCheck = (taskRun: number): boolean => this.checks.checks(taskRun);
    this.attempts = new Attempts(plan, faults, orchestrator.heartbeats, hasCheck, this.losses.isBinding);
    this.fates = new FateColumns(this.attempts.isFateful ? taskRuns.count : 0);
    const outagesAt = (step: FaultStep): Outages => new Outages(plan, ofKind('store-outage'), step);
    this.openOutages = outagesAt('open');
    this.checkOutages = outagesAt('check');
    this.publishOutages = outagesAt('publish');
    const isSimple = !this.service.isBinding && !this.checks.isBinding && !this.holders.isBinding;
    const isSure = !this.attempts.isFateful && !this.publishFaults.isTimed && !this.publishOutages.isBinding;
    this.isPlain = isSimple && isSure && this.rules.off.size === 0;
    this.told = new Uint8Array(this.isPlain ? 0 : taskRuns.count);
    this.toldInFull = this.#toldInFull();
    this.tellsOvertaken = this.#tellsOvertaken();
  }

  /** Where arrivals are not followed by the queue alone, or where another's step of the same instant comes before its own. */
  #toldInFull(): Uint8Array {
    const { count, mapIndex } = this.in.plan.taskRuns;
    const isAgain = this.publishFaults.againMs.length > 0 || this.rules.off.size > 0;
    const isAll = this.loop !== null || this.late.isBinding || isAgain;
    const looks = (i: number): boolean => this.graph.polled[i] > 0;
    return Uint8Array.from({ length: count }, (_, i) =>
      isAll || mapIndex[i] >= 0 || this.holders.isShared(i) || this.#isMarked(i) || looks(i) ? 1 : 0,
    );
  }

  /** Where somebody may wait for more than a slot of its pool, or come into its queue at another time than its turn says. */
  #tellsOvertaken(): boolean {
    const { definitions, taskRuns } = this.in.plan;
    // Runs may be given up while somebody who looks for data holds his slots for ever: a second turn at that instant.
    const mayGiveUp = this.dependencies.hasPolled && this.graph.gates !== null;
    const isHeldBack = this.limits.isBinding || this.gate.isBinding || mayGiveUp;
    return this.loop !== null || isHeldBack || taskRuns.task.some((task) => definitions.slots[task] > 1);
  }

  #isMarked(taskRun: number): boolean {
    return this.markers.isMarked(taskRun) || this.messages.isPair(taskRun);
  }

  /** As Played. On a reference day landed is whole: that is what its deadlines mean. */
  landedMs(taskRun: number, byMarker?: boolean): number {
    if (this.in.landing === 'finalized') return this.times.finalMs[taskRun];
    return byMarker === undefined ? this.publishedMs(taskRun) : this.toldMs(this.messages.rowOf(taskRun, byMarker));
  }

  /** When all of it was published: by its event and by its marker, if it has both. NaN for never. */
  publishedMs(taskRun: number): number {
    const atMs = this.toldMs(taskRun);
    return this.messages.isPair(taskRun) ? Math.max(atMs, this.toldMs(this.messages.markerOf(taskRun))) : atMs;
  }

  /** When a message (run-plan/messages.ts) can be heard; NaN for never. */
  toldMs(message: number): number {
    const finalMs = this.times.finalMs[this.messages.taskRunOf(message)];
    const atMs = finalMs + this.delayMs(message) + this.publishFaults.extraMs[message];
    return atMs === Number.POSITIVE_INFINITY ? Number.NaN : atMs;
  }

  /** From its being sent until it can be heard. */
  protected delayMs(message: number): number {
    const taskRun = this.messages.taskRunOf(message);
    return message === taskRun || this.#besideEvent === null ? this.publish.ms(taskRun) : this.#besideEvent.ms(taskRun);
  }

  /** A Phase: where a task run is, or has stayed. */
  phaseOf(taskRun: number): number {
    return this.rows[taskRun * ROW_INTS + ROW_PHASE];
  }

  /** Of a held task run: the partition and the first copy of its holder. */
  heldBy(taskRun: number): { readonly partition: number; readonly writer: number } {
    const { offsets, partition } = this.in.plan.writes;
    const own = partition.subarray(offsets[taskRun], offsets[taskRun + 1]);
    const held = own.find(
      (p) => this.holders.holderOf(p) >= 0 && this.holders.holderOf(p) !== this.holders.writerOf(taskRun),
    );
    return { partition: held ?? own[0], writer: held === undefined ? -1 : this.holders.holderOf(held) };
  }

  /** What an attempt takes at the usual pace. */
  protected attemptMs(replication: number, taskRun: number, attempt: number): number {
    if (attempt === 1 && this.#isDrawn && this.#durationMs[taskRun] !== LONG_MS) return this.#durationMs[taskRun];
    return this.sampler.attemptMs(replication, taskRun, attempt);
  }

  /** As before a play. `isWhole`: it will not be cut short, so that drawing all at once is best. */
  protected clear(replication: number, isWhole: boolean): void {
    const rows = this.rows;
    for (let row = 0; row < this.tasksEnd; row += ROW_INTS) {
      rows[row + ROW_PHASE] = Phase.waiting;
      rows[row + ROW_ATTEMPT] = 1;
    }
    this.#isDrawn = isWhole;
    if (isWhole) this.sampler.fill(replication, this.#durationMs);
    this.finalize.draw(replication, isWhole);
    this.publish.draw(replication, isWhole);
    this.#besideEvent?.draw(replication, isWhole);
    this.service.clear(replication);
    this.publishFaults.draw(replication);
    this.late.draw(replication);
    this.holders.clear();
    this.attempts.draw(replication);
    this.losses.draw(replication);
    this.openOutages.draw(replication);
    this.checkOutages.draw(replication);
    this.publishOutages.draw(replication);
    this.told.fill(0);
    clearTimes(this.times);
    this.meter.clear();
    this.poolWaits.sumMs.fill(0);
    this.poolWaits.count.fill(0);
    this.limits.clear();
    this.pools.clear();
    this.dependencies.clear();
    this.queue.clear();
    this.dispatched.clear();
    this.sources = this.late.isAnyLate ? this.#lateLane() : this.#inTime;
    this.sources.rewind();
    this.runLane.rewind();
    this.gate.clear();
    this.loop?.clear();
    this.executor.clear();
    this.triggerer.clear();
    this.sensors.clear();
    this.arrivals.clear();
    this.toFinalize.clear();
    this.events = 0;
    this.endMs = 0;
  }

  /** The sources as late as they are this time. */
  #lateLane(): SourceLane {
    const { pending } = this.graph;
    return new SourceLane(
      pending,
      Float64Array.from(pending, (_, i) => this.late.releaseMs(i)),
    );
  }

  /** By the slots in use at its start, its own among them: it keeps that pace. */
  protected slowed(row: number, durationMs: number): number {
    const pool = this.pools.poolOf(row);
    const factors = this.slowdown[pool];
    return factors === null ? durationMs : Math.round(durationMs * factors[this.meter.used[pool]]);
  }

  /** An attempt has its slots: what it waited for them, from the end of the warm-up on. */
  protected countWait(row: number, enqueuedMs: number, nowMs: number): void {
    const fromMs = Math.max(enqueuedMs, this.in.warmUpMs);
    if (nowMs < fromMs) return;
    const pool = this.pools.poolOf(row);
    this.poolWaits.sumMs[pool] += nowMs - fromMs;
    this.poolWaits.count[pool]++;
  }
}
