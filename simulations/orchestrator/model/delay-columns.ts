// Finalize times and publish delays of all task runs: by seed, replication and names, so that nothing that happens
// elsewhere moves them. Drawn all at once, which is fastest; or when asked for: a play that is cut short asks for few.

import { mix32 } from '../../../shared/base/hash.ts';
import { randomKey, randomNormal } from '../../../shared/base/random.ts';
import { MS_PER_DAY } from '../../../shared/base/time.ts';
import type { Distribution } from '../../../shared/model/distribution.ts';
import type { Orchestrator } from '../../../shared/scenario/scenario.ts';
import { roundedMs, sampleMs } from '../durations/sample.ts';
import type { MessageRows } from '../run-plan/messages.ts';
import type { RunPlan } from '../run-plan/plan.ts';

/** Twenty years: a play lasts ten at most (PLAY_LIMITS). */
const DELAY_MAX_MS = 20 * 365 * MS_PER_DAY;

type Lognormal = Distribution & { readonly kind: 'lognormal' };

/** By task run: hash of seed, purpose and names. */
export function taskRunKeys({ taskRuns, runs, definitions: defs, frame }: RunPlan, purpose: string): Int32Array {
  const ofTask = Int32Array.from(defs.tasks, (_, task) =>
    randomKey(frame.seed, purpose, defs.pipelineHash[defs.pipelineOf[task]], defs.taskHash[task]),
  );
  return Int32Array.from(taskRuns.task, (task, i) =>
    joined(joined(ofTask[task], runs.nameHash[taskRuns.run[i]]), taskRuns.mapIndex[i]),
  );
}

/** As randomKey goes on from a key with a number. */
export const joined = (key: number, number: number): number => mix32(Math.imul(key, 31) ^ mix32(number));

/** Whole ms. */
export const drawMs = (d: Distribution, key: number): number => Math.min(DELAY_MAX_MS, roundedMs(sampleMs(d, key)));

export class DelayColumn {
  readonly #valuesMs: Float64Array;
  /** The values are those of the replication. */
  #isDrawn: boolean;
  readonly #task: Int32Array;
  readonly #distribution: readonly Distribution[];
  /** Null when nothing varies. */
  readonly #keys: Int32Array | null;
  /** What all of them have, where that is log-normal. */
  readonly #common: Lognormal | null;
  #replication = 0;

  /** `distribution`: of each task. */
  constructor(plan: RunPlan, purpose: string, distribution: readonly Distribution[]) {
    this.#task = plan.taskRuns.task;
    this.#distribution = distribution;
    this.#keys = distribution.every(({ kind }) => kind === 'constant') ? null : taskRunKeys(plan, purpose);
    this.#isDrawn = this.#keys === null;
    this.#common = commonLognormal(distribution);
    const constantMs = distribution.map((d) => drawMs(d, 0));
    this.#valuesMs = Float64Array.from(this.#task, (task) => constantMs[task]);
  }

  /** `isWhole`: nearly all will be asked for. */
  draw(replication: number, isWhole: boolean): void {
    this.#replication = replication;
    const keys = this.#keys;
    if (keys === null) return;
    this.#isDrawn = isWhole;
    if (!isWhole) return;
    if (this.#common !== null) this.#fillLognormal(keys, this.#common);
    else for (let i = 0; i < keys.length; i++) this.#valuesMs[i] = this.#drawnMs(i, keys[i]);
  }

  /** As drawMs has it, for one distribution of all. */
  #fillLognormal(keys: Int32Array, { medianMs, sigma }: Lognormal): void {
    const values = this.#valuesMs;
    const replicationMix = mix32(this.#replication);
    for (let i = 0; i < keys.length; i++) {
      const ms = medianMs * Math.exp(sigma * randomNormal(mix32(Math.imul(keys[i], 31) ^ replicationMix), 0));
      values[i] = ms >= DELAY_MAX_MS ? DELAY_MAX_MS : roundedMs(ms);
    }
  }

  /** The same however often it is asked. */
  ms(taskRun: number): number {
    if (this.#isDrawn || this.#keys === null) return this.#valuesMs[taskRun];
    return this.#drawnMs(taskRun, this.#keys[taskRun]);
  }

  #drawnMs(taskRun: number, key: number): number {
    return drawMs(this.#distribution[this.#task[taskRun]], joined(key, this.#replication));
  }
}

function commonLognormal(distribution: readonly Distribution[]): Lognormal | null {
  const first = distribution[0];
  if (first?.kind !== 'lognormal') return null;
  const isSame = (d: Distribution): boolean =>
    d.kind === 'lognormal' && d.medianMs === first.medianMs && d.sigma === first.sigma;
  return distribution.every(isSame) ? first : null;
}

export const finalizeColumn = (plan: RunPlan, { finalize }: Orchestrator): DelayColumn =>
  new DelayColumn(
    plan,
    'finalize',
    plan.definitions.tasks.map((task) => task.finalize ?? finalize.service),
  );

/** From finalized to published; of what is told by markers alone, to the moment others can see the marker. */
export const publishColumn = (plan: RunPlan, { finalize }: Orchestrator, messages: MessageRows): DelayColumn =>
  new DelayColumn(
    plan,
    'publish delay',
    plan.definitions.tasks.map((_, task) =>
      messages.isMarkedTask(task) ? finalize.markerVisible : finalize.publishDelay,
    ),
  );

/** The same of the markers beside events; null where there are none. */
export const markerColumn = (plan: RunPlan, { finalize }: Orchestrator, messages: MessageRows): DelayColumn | null =>
  messages.hasPairs
    ? new DelayColumn(
        plan,
        'marker beside an event',
        plan.definitions.tasks.map(() => finalize.markerVisible),
      )
    : null;
