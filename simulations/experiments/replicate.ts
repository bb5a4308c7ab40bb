// Plays replications of a scenario in this thread and adds them up. A replication is a function of its number, so any
// thread may play any of them; the same numbers under another scenario are common random numbers.
// What all replications share (the plan, who waits for whom) is made once and handed to other threads in shared memory.

import { err, ok, type Result } from '../../shared/base/result.ts';
import { shareColumns } from '../../shared/base/share-columns.ts';
import type { Scenario, ScenarioProblem } from '../../shared/scenario/scenario.ts';
import type { Workload } from '../../shared/scenario/workload.ts';
import type { DurationHistory } from '../orchestrator/durations/history.ts';
import { compileGraph, type ModelGraph } from '../orchestrator/model/model-graph.ts';
import { type ModelInput, PLAY_LIMITS } from '../orchestrator/model/model-parts.ts';
import { notPlanned, notSimulated } from '../orchestrator/model/not-simulated.ts';
import { ModelPlayer } from '../orchestrator/model/play-model.ts';
import { resultHash } from '../orchestrator/model/result-hash.ts';
import { type UnfinishedWait, unfinishedWaits } from '../orchestrator/model/unfinished.ts';
import { plainPlayer } from '../orchestrator/plain-player.ts';
import type { Played, Player } from '../orchestrator/played.ts';
import { DayRefusedError } from '../orchestrator/reference-day.ts';
import { buildRunPlan, type PlanProgress } from '../orchestrator/run-plan/build-run-plan.ts';
import type { PlanDefinitions } from '../orchestrator/run-plan/definitions.ts';
import type { RunPlan } from '../orchestrator/run-plan/plan.ts';
import type { LaidSnapshot } from '../orchestrator/snapshot/laid-snapshot.ts';
import { SnapshotPlayer } from '../orchestrator/snapshot/play-snapshot.ts';
import { PlayTally } from './play-tally.ts';
import { TargetCounter, targetRows } from './targets.ts';
import { countEarlyReads, type UncheckedReads, uncheckedReads } from './unchecked-reads.ts';

/** Structured-clonable. */
export interface Experiment {
  /** Checked. */
  readonly scenario: Scenario;
  /** The scenario's own definitions laid over its base. */
  readonly workload: Workload;
  readonly history: DurationHistory | null;
  readonly landing: 'published' | 'finalized';
  /** Replications 2k and 2k + 1 are pairs with mirrored durations. */
  readonly antithetic?: boolean;
  /** Whether the results of its plays are hashed: a pass over every column of each. */
  readonly hashed?: boolean;
  /** What every play begins with; of a scenario with a snapshot. */
  readonly laid?: LaidSnapshot | null;
}

/** A play had more events than its replicator may play. */
export class PlayTooLongError extends Error {
  readonly events: number;

  constructor(events: number) {
    super(`a play was stopped after ${events} events`);
    this.name = 'PlayTooLongError';
    this.events = events;
  }
}

/** An experiment with what its replications share. Structured-clonable; its columns are in shared memory. */
export interface PreparedExperiment {
  readonly experiment: Experiment;
  /** Of replication 0. */
  readonly plan: RunPlan;
  /** Null where every replication has another. */
  readonly graph: ModelGraph | null;
  /** As the graph. */
  readonly unchecked: UncheckedReads | null;
}

export class Replicator {
  readonly #experiment: Experiment;
  readonly #plan: RunPlan;
  #graph: ModelGraph | null;
  #unchecked: UncheckedReads | null;
  /** Kept as long as one plan serves all replications. */
  #player: Player | null = null;
  #targets: TargetCounter | null = null;
  /** A model's play with more of them is given up. */
  readonly #eventsMax: number;

  private constructor(
    { experiment, plan, graph, unchecked }: PreparedExperiment,
    eventsMax = Number.POSITIVE_INFINITY,
  ) {
    this.#eventsMax = eventsMax;
    this.#experiment = experiment;
    this.#plan = plan;
    this.#graph = graph;
    this.#unchecked = unchecked;
  }

  /**
   * Plans replication 0; or every reason why the experiment cannot be played. `laid`: the plan that its snapshot was laid
   * onto, instead of one that is made here.
   */
  static of(
    experiment: Experiment,
    laidOn: RunPlan | null = null,
    onStep: PlanProgress = () => {},
  ): Result<Replicator, readonly ScenarioProblem[]> {
    const { scenario, workload } = experiment;
    const refused = notSimulated(scenario, workload);
    if (refused.length > 0) return err(refused);
    const plan = laidOn === null ? buildRunPlan(scenario, workload, 0, onStep) : ok(laidOn);
    if (!plan.ok) return plan;
    const unplayable = notPlanned(plan.value, scenario);
    if (unplayable.length > 0) return err(unplayable);
    return ok(new Replicator({ experiment, plan: plan.value, graph: null, unchecked: null }));
  }

  /** From what another thread's replicator has prepared. */
  static ofPrepared(prepared: PreparedExperiment): Replicator {
    return new Replicator(prepared);
  }

  /** The same with other slots in a pool; the plan and who waits for whom stay. */
  withSlots(pool: string, slots: number): Replicator {
    const { definitions } = this.#plan;
    const { workload } = definitions;
    const id = workload.pools.findIndex(({ name }) => name === pool);
    const pools = workload.pools.map((def) => (def.name === pool ? { ...def, slots } : def));
    const poolSlots = definitions.poolSlots.map((own, i) => (i === id ? slots : own));
    const resized = { ...definitions, poolSlots, workload: { ...workload, pools } };
    return new Replicator({
      // Where every replication is planned anew, it is from these.
      experiment: { ...this.#experiment, workload: { ...this.#experiment.workload, pools } },
      plan: { ...this.#plan, definitions: resized },
      graph: this.#graphOf(this.#plan),
      unchecked: this.#unchecked,
    });
  }

  /** The same, but its plays throw PlayTooLongError once they have had so many events, at the next instant. */
  within(eventsMax: number): Replicator {
    const shared = { graph: this.#graph, unchecked: this.#unchecked };
    return new Replicator({ experiment: this.#experiment, plan: this.#plan, ...shared }, eventsMax);
  }

  /** For other threads. */
  prepared(): PreparedExperiment {
    if (this.#plan.variesByReplication)
      return { experiment: this.#experiment, plan: this.#plan, graph: null, unchecked: null };
    const { definitions, ...columns } = this.#plan;
    const workload = withoutTasks(definitions.workload);
    const { scenario } = this.#experiment;
    return {
      experiment: { ...this.#experiment, workload, scenario: { ...scenario, workload } },
      plan: { ...shareColumns(columns), definitions: toPlay(definitions) },
      graph: shareColumns(this.#graphOf(this.#plan)),
      unchecked: shareColumns(this.#uncheckedOf(this.#plan)),
    };
  }

  newTally(): PlayTally {
    const { tasks, pipelines, poolSlots } = this.#plan.definitions;
    const sizes = { tasks: tasks.length, pipelines: pipelines.length, pools: poolSlots.length };
    return new PlayTally(sizes, targetRows(this.#experiment.scenario.targets).length);
  }

  get experiment(): Experiment {
    return this.#experiment;
  }

  /** Of replication 0. */
  get plan(): RunPlan {
    return this.#plan;
  }

  /** What its model player is made of, for replication 0. */
  get input(): ModelInput {
    return this.#inputOf(this.#plan);
  }

  /**
   * Plays one as far as its open target rows look, and adds what they counted. `open`: by target row.
   * Throws as play.
   */
  playTargets(replication: number, tally: PlayTally, open: readonly boolean[]): void {
    const { plan, player, targets } = this.#playFor(replication, (counter) => counter.landingsOf(open));
    const poolsFromMs = open.every(Boolean) ? this.#experiment.scenario.warmUpMs : null;
    tally.addTargets(replication, plan, player, targets, poolsFromMs);
  }

  /** Plays one and adds it. Throws OutOfTimeError when it does not end within 69 years. */
  play(replication: number, tally: PlayTally): Played {
    const { plan, player, targets } = this.#playFor(replication, () => null);
    tally.add(replication, plan, player, targets, this.#experiment.scenario.warmUpMs);
    tally.addEarlyReads(countEarlyReads(this.#uncheckedOf(plan), player));
    if (this.#experiment.hashed === true) tally.addHash(replication, resultHash(player));
    return player;
  }

  /** `untilOf`: the landings at which the play may end, or null to play all of it. */
  #playFor(replication: number, untilOf: (targets: TargetCounter) => Int32Array | null) {
    const { scenario } = this.#experiment;
    const plan = this.#planOf(replication);
    this.#player ??= this.#newPlayer(plan);
    this.#targets ??= new TargetCounter(scenario.targets, plan, scenario.warmUpMs);
    const targets = this.#targets;
    const player = this.#play(this.#player, plan, replication, untilOf(targets));
    if (this.#plan.variesByReplication) {
      this.#player = null;
      this.#targets = null;
    }
    return { plan, player, targets };
  }

  /** A plain play that leaves the engine's range of 12.4 days is played by the model, which has none. */
  #play(player: Player, plan: RunPlan, replication: number, until: Int32Array | null): Played {
    try {
      if (until === null) player.play(replication);
      else player.playUntil(replication, until);
      this.#checkLength(player);
      return player;
    } catch (error) {
      if (!(error instanceof DayRefusedError)) throw error;
      const model = this.#newModel(plan);
      model.play(replication);
      this.#checkLength(model);
      return model;
    }
  }

  #checkLength(played: Played): void {
    if (played.events > this.#eventsMax) throw new PlayTooLongError(played.events);
  }

  /**
   * What the unfinished task runs of replication 0 wait for, at most `max`; and why its play was stopped, if it was.
   * Throws as play.
   */
  unfinished(max: number): { readonly waits: UnfinishedWait[]; readonly stopped: ModelPlayer['stopped'] } {
    const model = this.#newModel(this.#plan);
    model.play(0);
    this.#checkLength(model);
    return { waits: unfinishedWaits(this.#plan, model, max), stopped: model.stopped };
  }

  #planOf(replication: number): RunPlan {
    if (replication === 0 || !this.#plan.variesByReplication) return this.#plan;
    const plan = buildRunPlan(this.#experiment.scenario, this.#experiment.workload, replication);
    // Replication 0 was good, and another differs in times and copies alone.
    if (!plan.ok) throw new Error(`replication ${replication}: ${plan.error.map(({ reason }) => reason).join('; ')}`);
    return plan.value;
  }

  #newPlayer(plan: RunPlan): Player {
    if (this.#experiment.laid) return this.#newModel(plan);
    return plainPlayer(this.#inputOf(plan)) ?? this.#newModel(plan);
  }

  #newModel(plan: RunPlan): ModelPlayer {
    const input = { ...this.#inputOf(plan), graph: this.#graphOf(plan) };
    const { laid } = this.#experiment;
    return laid ? new SnapshotPlayer(input, laid) : new ModelPlayer(input);
  }

  #graphOf(plan: RunPlan): ModelGraph {
    if (plan !== this.#plan) return compileGraph(plan);
    this.#graph ??= compileGraph(plan);
    return this.#graph;
  }

  #uncheckedOf(plan: RunPlan): UncheckedReads {
    if (plan !== this.#plan) return uncheckedReads(plan);
    this.#unchecked ??= uncheckedReads(plan, this.#experiment.laid);
    return this.#unchecked;
  }

  #inputOf(plan: RunPlan): ModelInput {
    const { scenario, history, landing, antithetic = false } = this.#experiment;
    const { orchestrator, faults, warmUpMs } = scenario;
    const backfillRuns = scenario.backfills.map(({ activeRuns }) => activeRuns);
    const eventsPerTaskRun = Math.min(PLAY_LIMITS.eventsPerTaskRun, this.#eventsMax / plan.taskRuns.count);
    const limits = { ...PLAY_LIMITS, eventsPerTaskRun };
    return { plan, orchestrator, faults, backfillRuns, warmUpMs, history, landing, antithetic, limits };
  }
}

const withoutTasks = (workload: Workload): Workload => ({ ...workload, pipelines: [], taskOrder: null });

/** What a play needs: what a plan is made from is in its columns by now, and is most of what would be copied. */
function toPlay(definitions: PlanDefinitions): PlanDefinitions {
  const tasks = definitions.tasks.map((task) => ({ ...task, after: NOTHING, reads: NOTHING, awaits: NOTHING }));
  const pipelines = definitions.pipelines.map((pipeline) => ({ ...pipeline, tasks: NOTHING }));
  const workload = withoutTasks(definitions.workload);
  const made = { after: NOTHING, reads: NOTHING, awaits: NOTHING, writers: NOTHING };
  // Most write nothing: one empty list is copied once.
  const writes = definitions.writes.map((datasets) => (datasets.length === 0 ? NO_DATASETS : datasets));
  return shareColumns({ ...definitions, ...made, workload, tasks, pipelines, writes });
}

const NOTHING: readonly never[] = [];
const NO_DATASETS = new Int32Array(0);
