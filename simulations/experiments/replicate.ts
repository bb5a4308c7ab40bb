// Plays replications of a scenario in this thread and adds them up. A replication is a function of its number, so any
// thread may play any of them; the same numbers under another scenario are common random numbers.

import { err, ok, type Result } from '../../shared/base/result.ts';
import type { Scenario, ScenarioProblem } from '../../shared/scenario/scenario.ts';
import type { Workload } from '../../shared/scenario/workload.ts';
import type { DurationHistory } from '../orchestrator/durations/history.ts';
import { notPlanned, notSimulated } from '../orchestrator/model/not-simulated.ts';
import { ModelPlayer } from '../orchestrator/model/play-model.ts';
import { buildRunPlan } from '../orchestrator/run-plan/build-run-plan.ts';
import type { RunPlan } from '../orchestrator/run-plan/plan.ts';
import { PlayTally } from './play-tally.ts';
import { TargetCounter, targetRows } from './targets.ts';

/** Structured-clonable. */
export interface Experiment {
  /** Checked. */
  readonly scenario: Scenario;
  /** The scenario's own definitions laid over its base. */
  readonly workload: Workload;
  readonly history: DurationHistory | null;
  readonly landing: 'published' | 'finalized';
}

export class Replicator {
  readonly #experiment: Experiment;
  readonly #plan: RunPlan;
  /** Kept as long as one plan serves all replications. */
  #player: ModelPlayer | null = null;
  #targets: TargetCounter | null = null;

  private constructor(experiment: Experiment, plan: RunPlan) {
    this.#experiment = experiment;
    this.#plan = plan;
  }

  /** Plans replication 0; or every reason why the experiment cannot be played. */
  static of(experiment: Experiment): Result<Replicator, readonly ScenarioProblem[]> {
    const { scenario, workload } = experiment;
    const refused = notSimulated(scenario, workload);
    if (refused.length > 0) return err(refused);
    const plan = buildRunPlan(scenario, workload, 0);
    if (!plan.ok) return plan;
    const unplayable = notPlanned(plan.value, scenario.orchestrator);
    return unplayable.length > 0 ? err(unplayable) : ok(new Replicator(experiment, plan.value));
  }

  newTally(): PlayTally {
    return new PlayTally(this.#plan.definitions.poolSlots.length, targetRows(this.#experiment.scenario.targets).length);
  }

  /** Of replication 0. */
  get plan(): RunPlan {
    return this.#plan;
  }

  /** Plays one and adds it. Throws OutOfTimeError when it does not end within 69 years. */
  play(replication: number, tally: PlayTally): ModelPlayer {
    const { scenario } = this.#experiment;
    const plan = this.#planOf(replication);
    this.#player ??= this.#newPlayer(plan);
    this.#targets ??= new TargetCounter(scenario.targets, plan, scenario.warmUpMs);
    const player = this.#player;
    player.play(replication);
    tally.add(replication, plan, player, this.#targets, scenario.warmUpMs);
    if (this.#plan.variesByReplication) {
      this.#player = null;
      this.#targets = null;
    }
    return player;
  }

  #planOf(replication: number): RunPlan {
    if (replication === 0 || !this.#plan.variesByReplication) return this.#plan;
    const plan = buildRunPlan(this.#experiment.scenario, this.#experiment.workload, replication);
    // Replication 0 was good, and another differs in times and copies alone.
    if (!plan.ok) throw new Error(`replication ${replication}: ${plan.error.map(({ reason }) => reason).join('; ')}`);
    return plan.value;
  }

  #newPlayer(plan: RunPlan): ModelPlayer {
    const { scenario, history, landing } = this.#experiment;
    const { orchestrator, faults, warmUpMs } = scenario;
    const backfillRuns = scenario.backfills.map(({ activeRuns }) => activeRuns);
    return new ModelPlayer({ plan, orchestrator, faults, backfillRuns, warmUpMs, history, landing });
  }
}
