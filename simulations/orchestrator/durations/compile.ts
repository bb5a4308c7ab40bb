// Draws the durations of all task runs of a plan at once, column by column. A draw is keyed by seed, names and attempt,
// never by a row: another plan draws the same for the same run. The names are hashed once, when the plan is compiled;
// a replication costs two mixes and the inversion for every task run that is asked for, and a draw for every run.
// A duration is what its distribution gives, times its stragglers' factor, times what its run and its night share. Where
// a pipeline's durations are correlated, its distributions are given scores that its runs share a part of.
// Antithetic pairs: replication 2k draws as 2k of pair k, 2k + 1 the same with every uniform u as 1 - u.

import { int32Column } from '../../../shared/base/columns.ts';
import { mix32 } from '../../../shared/base/hash.ts';
import { MIRRORED, randomKey, randomNormal, randomUnit } from '../../../shared/base/random.ts';
import type { Distribution } from '../../../shared/model/distribution.ts';
import { labelOf } from '../../../shared/scenario/workload.ts';
import type { RunPlan } from '../run-plan/plan.ts';
import { givenDurations, isGiven } from './given.ts';
import type { DurationHistory } from './history.ts';
import { NightDraws } from './night-draws.ts';
import { type QuantileCurve, quantileCurve } from './quantile-curve.ts';
import { roundedMs, sampleMs } from './sample.ts';
import { type DurationSampler, LONG_MS, wholeMs } from './sampler.ts';

export { type DurationSampler, LONG_MS } from './sampler.ts';

/** With a history, whole nights of it are drawn: every task run of a night takes its time of the same observed night. */
export function compileDurations(
  plan: RunPlan,
  history: DurationHistory | null = null,
  antithetic = false,
): DurationSampler {
  const hasNights = (history?.nights.length ?? 0) > 0;
  return !hasNights && isGiven(plan) ? givenDurations(plan) : new ColumnSampler(plan, history, antithetic);
}

/** Of a run's key: its factor is the first. */
const RUN_SCORE_DRAW = 1;
/** Far from the uniforms that a distribution takes of the same key. */
const STRAGGLER_DRAW = 1 << 24;

class ColumnSampler implements DurationSampler {
  readonly #plan: RunPlan;
  /** By task run: hash of seed and names. */
  readonly #baseKey: Int32Array;
  readonly #distribution: readonly Distribution[];
  readonly #stragglerShare: Float64Array;
  readonly #stragglerFactor: Float64Array;
  readonly #hasFactors: boolean;
  readonly #nights: NightDraws;
  /** By run: what its tasks share. */
  readonly #runFactor: Float64Array;
  readonly #antithetic: boolean;
  /** By run: hashes that its draws and its night's go on from. */
  readonly #runKey: Int32Array;
  readonly #nightKey: Int32Array;
  /** Median and sigma of tasks that are log-normal and have no history, as nearly all are; a median of -1 for others. */
  readonly #median: Float64Array;
  readonly #sigma: Float64Array;
  /** All are, without stragglers and factors. */
  readonly #isLognormal: boolean;
  /** By task: correlation with the others of its run; and by run what they share, a standard normal score. */
  readonly #correlation: Float64Array;
  readonly #runScore: Float64Array;
  /** By correlated task, made when it is first drawn; null for one that is drawn apart. */
  readonly #curves: (QuantileCurve | null | undefined)[] = [];
  #factorsOf = Number.NaN;
  #flip = 0;

  constructor(plan: RunPlan, history: DurationHistory | null, antithetic: boolean) {
    const { tasks, pipelines } = plan.definitions;
    this.#plan = plan;
    this.#baseKey = baseKeys(plan);
    this.#antithetic = antithetic;
    this.#distribution = tasks.map(({ duration }) => duration);
    this.#stragglerShare = Float64Array.from(tasks, ({ stragglers }) => stragglers?.share ?? 0);
    this.#stragglerFactor = Float64Array.from(tasks, ({ stragglers }) => stragglers?.factor ?? 1);
    this.#hasFactors = pipelines.some(({ variation }) => variation.run > 0 || variation.night > 0);
    const isDrawn = history === null || history.nights.length === 0;
    this.#median = Float64Array.from(tasks, ({ duration }) =>
      isDrawn && duration.kind === 'lognormal' ? duration.medianMs : -1,
    );
    this.#correlation = Float64Array.from(tasks, (_, t) => pipelines[plan.definitions.pipelineOf[t]].correlation ?? 0);
    for (const [task, correlation] of this.#correlation.entries()) if (correlation > 0) this.#median[task] = -1;
    const isCorrelated = this.#correlation.some((correlation) => correlation > 0);
    this.#runScore = new Float64Array(isCorrelated ? plan.runs.count : 0);
    this.#sigma = Float64Array.from(tasks, ({ duration }) => (duration.kind === 'lognormal' ? duration.sigma : 0));
    this.#isLognormal =
      !this.#hasFactors && this.#median.every((ms) => ms >= 0) && this.#stragglerShare.every((share) => share === 0);
    this.#nights = new NightDraws(plan, history, isDrawn ? [] : taskLabels(plan));
    this.#runFactor = new Float64Array(plan.runs.count).fill(1);
    const keyed = this.#hasFactors || isCorrelated ? plan.runs.count : 0;
    this.#runKey = int32Column(keyed, (run) => runKey(plan, run));
    this.#nightKey = int32Column(keyed, (run) => nightKey(plan, run, this.#nights.dayOf(run)));
  }

  fill(replication: number, into: Int32Array): void {
    const of = this.#prepare(replication);
    const { task } = this.#plan.taskRuns;
    const baseKey = this.#baseKey;
    const replicationMix = mix32(of);
    if (this.#isLognormal) {
      this.#fillLognormal(replicationMix, into);
      return;
    }
    for (let i = 0; i < task.length; i++) {
      const key = mix32(Math.imul(mix32(Math.imul(baseKey[i], 31) ^ replicationMix), 31) ^ FIRST_ATTEMPT);
      const ms = this.#drawMs(i, task[i], key);
      into[i] = ms < LONG_MS ? ms : LONG_MS;
    }
  }

  /** As #drawMs has it, with nothing to ask for each. */
  #fillLognormal(replicationMix: number, into: Int32Array): void {
    const { task } = this.#plan.taskRuns;
    const baseKey = this.#baseKey;
    const median = this.#median;
    const sigma = this.#sigma;
    const flip = this.#flip;
    for (let i = 0; i < task.length; i++) {
      const key = mix32(Math.imul(mix32(Math.imul(baseKey[i], 31) ^ replicationMix), 31) ^ FIRST_ATTEMPT);
      const ms = roundedMs(median[task[i]] * Math.exp(sigma[task[i]] * randomNormal(key, 0, flip)));
      into[i] = ms < LONG_MS ? ms : LONG_MS;
    }
  }

  attemptMs(replication: number, taskRun: number, attempt: number): number {
    const of = this.#prepare(replication);
    const key = attemptKey(this.#baseKey[taskRun], of, attempt);
    return this.#drawMs(taskRun, this.#plan.taskRuns.task[taskRun], key);
  }

  #drawMs(taskRun: number, task: number, key: number): number {
    const flip = this.#flip;
    const medianMs = this.#median[task];
    const seen = medianMs >= 0 ? -1 : this.#nights.observedMs(taskRun, task, key);
    let ms = seen;
    // As sampleMs has it.
    if (medianMs >= 0) ms = medianMs * Math.exp(this.#sigma[task] * randomNormal(key, 0, flip));
    else if (seen < 0) ms = this.#sampledMs(taskRun, task, key);
    const share = this.#stragglerShare[task];
    if (share > 0 && seen < 0 && randomUnit(key, STRAGGLER_DRAW, flip) < share) ms *= this.#stragglerFactor[task];
    if (this.#hasFactors) ms *= this.#runFactor[this.#plan.taskRuns.run[taskRun]];
    return wholeMs(ms);
  }

  #sampledMs(taskRun: number, task: number, key: number): number {
    const distribution = this.#distribution[task];
    const correlation = this.#correlation[task];
    if (correlation === 0) return sampleMs(distribution, key, this.#flip);
    let curve = this.#curves[task];
    if (curve === undefined) {
      curve = quantileCurve(distribution);
      this.#curves[task] = curve;
    }
    if (curve === null) return sampleMs(distribution, key, this.#flip);
    const shared = this.#runScore[this.#plan.taskRuns.run[taskRun]];
    return curve(Math.sqrt(correlation) * shared + Math.sqrt(1 - correlation) * randomNormal(key, 0, this.#flip));
  }

  /** The number that the replication's draws are keyed by. */
  #prepare(replication: number): number {
    const of = this.#antithetic ? Math.floor(replication / 2) : replication;
    if (this.#factorsOf === replication) return of;
    this.#factorsOf = replication;
    this.#flip = this.#antithetic && replication % 2 === 1 ? MIRRORED : 0;
    this.#nights.prepare(of);
    if (this.#hasFactors) this.#drawFactors(of);
    if (this.#runScore.length > 0) this.#drawScores(of);
    return of;
  }

  #drawScores(replication: number): void {
    const replicationMix = mix32(replication);
    for (let run = 0; run < this.#runScore.length; run++) {
      const ofRun = mix32(Math.imul(this.#runKey[run], 31) ^ replicationMix);
      this.#runScore[run] = randomNormal(ofRun, RUN_SCORE_DRAW, this.#flip);
    }
  }

  #drawFactors(replication: number): void {
    const { runs, definitions: defs } = this.#plan;
    const replicationMix = mix32(replication);
    for (let run = 0; run < runs.count; run++) {
      const { variation } = defs.pipelines[runs.pipeline[run]];
      const ofRun = mix32(Math.imul(this.#runKey[run], 31) ^ replicationMix);
      const ofNight = mix32(Math.imul(this.#nightKey[run], 31) ^ replicationMix);
      let log = 0;
      if (variation.run > 0) log += variation.run * randomNormal(ofRun, 0, this.#flip);
      if (variation.night > 0) log += variation.night * randomNormal(ofNight, 0, this.#flip);
      this.#runFactor[run] = Math.exp(log);
    }
  }
}

const FIRST_ATTEMPT = mix32(1);

/** As randomKey goes on from a key with two numbers. */
const attemptKey = (baseKey: number, replication: number, attempt: number): number =>
  mix32(Math.imul(mix32(Math.imul(baseKey, 31) ^ mix32(replication)), 31) ^ mix32(attempt));

function baseKeys({ taskRuns, runs, definitions: defs, frame }: RunPlan): Int32Array {
  const ofTask = Int32Array.from(defs.tasks, (_, task) =>
    randomKey(frame.seed, 'duration', defs.pipelineHash[defs.pipelineOf[task]], defs.taskHash[task]),
  );
  return int32Column(taskRuns.count, (i) => {
    const ofRun = mix32(Math.imul(ofTask[taskRuns.task[i]], 31) ^ mix32(runs.nameHash[taskRuns.run[i]]));
    return mix32(Math.imul(ofRun, 31) ^ mix32(taskRuns.mapIndex[i]));
  });
}

const runKey = ({ runs, definitions: defs, frame }: RunPlan, run: number): number =>
  randomKey(frame.seed, 'run', defs.pipelineHash[runs.pipeline[run]], runs.nameHash[run]);

/** Runs of one domain share a night. */
const nightKey = ({ runs, definitions: defs, frame }: RunPlan, run: number, day: number): number =>
  randomKey(frame.seed, 'night', defs.pipelines[runs.pipeline[run]].domain, day);

const taskLabels = ({ definitions: { tasks, pipelines, pipelineOf } }: RunPlan): string[] =>
  tasks.map(({ name }, task) => labelOf(pipelines[pipelineOf[task]].name, name));
