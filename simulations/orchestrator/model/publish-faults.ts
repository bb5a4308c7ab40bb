// Publishes that come late, or never: drawn for all task runs before a play, by seed, fault, names and replication. The
// data is whole either way; whoever waits for the event waits for it.

import { hashText } from '../../../shared/base/hash.ts';
import { randomUnit } from '../../../shared/base/random.ts';
import type { Fault } from '../../../shared/scenario/scenario.ts';
import type { RunPlan } from '../run-plan/plan.ts';
import { drawMs, joined, taskRunKeys } from './delay-columns.ts';
import { onceTaskRuns, struckTaskRuns } from './fault-targets.ts';

const SECOND_DRAW = 1;

export class PublishFaults {
  /** Beside the publish delay, by task run; Infinity for a publish that is lost. */
  readonly extraMs: Float64Array;
  readonly #faults: readonly Fault[];
  readonly #keys: Int32Array;
  readonly #struck: readonly Int32Array[];

  /** `faults`: of kinds publish-late and publish-lost, each a share or once. */
  constructor(plan: RunPlan, faults: readonly Fault[]) {
    this.#faults = faults;
    this.extraMs = new Float64Array(plan.taskRuns.count);
    this.#keys = faults.length === 0 ? new Int32Array(0) : taskRunKeys(plan, 'publish fault');
    this.#struck = faults.map((fault) =>
      fault.timing.kind === 'once' ? onceTaskRuns(plan, fault) : struckTaskRuns(plan, fault),
    );
  }

  draw(replication: number): void {
    if (this.#faults.length === 0) return;
    this.extraMs.fill(0);
    for (const [i, fault] of this.#faults.entries()) this.#drawFault(fault, this.#struck[i], replication);
  }

  #drawFault({ kind, of, timing, lasts }: Fault, taskRuns: Int32Array, replication: number): void {
    const share = timing.kind === 'share' ? timing.share : timing.kind === 'once' ? 1 : 0;
    const name = hashText(`${kind} ${of}`);
    for (const taskRun of taskRuns) {
      const key = joined(this.#keys[taskRun] ^ name, replication);
      if (randomUnit(key, 0) >= share) continue;
      this.extraMs[taskRun] +=
        kind === 'publish-lost' || lasts === null ? Number.POSITIVE_INFINITY : drawMs(lasts, joined(key, SECOND_DRAW));
    }
  }
}
