// The metadata store as a server: so many finalizes at a time, first come first served, and outages in which none begins
// (one that has begun is not interrupted). Whoever holds a server when an outage comes keeps it until it is over.

import type { Fault, Orchestrator } from '../../../shared/scenario/scenario.ts';
import { NO_ROW, ROW_INTS } from '../../engine/rows.ts';
import type { RunPlan } from '../run-plan/plan.ts';
import { Outages } from './outages.ts';

export class FinalizeService {
  /** False when every finalize begins at once: then nobody need ask. */
  readonly isBinding: boolean;
  readonly #servers: number;
  readonly #queue: Int32Array;
  #head = 0;
  #size = 0;
  #free = 0;
  readonly #outages: Outages;

  /** `faults`: of kind store-outage. */
  constructor(plan: RunPlan, { finalize }: Orchestrator, faults: readonly Fault[]) {
    this.#servers = finalize.servers ?? plan.taskRuns.count;
    this.#outages = new Outages(plan, faults, 'finalize');
    const isInstant = finalize.service.kind === 'constant' && finalize.service.valueMs === 0;
    const isShort = this.#servers < plan.taskRuns.count;
    const takesTime = !isInstant || plan.definitions.tasks.some(({ finalize: own }) => own !== null);
    this.isBinding = this.#outages.isBinding || (isShort && takesTime);
    this.#queue = new Int32Array(this.isBinding ? plan.taskRuns.count + 1 : 1);
  }

  clear(replication: number): void {
    this.#head = 0;
    this.#size = 0;
    this.#free = this.#servers;
    this.#outages.draw(replication);
  }

  /** True when the row has a server; else it waits here. */
  enter(row: number): boolean {
    if (this.#free > 0) {
      this.#free--;
      return true;
    }
    this.#queue[(this.#head + this.#size++) % this.#queue.length] = row;
    return false;
  }

  /** A finalize has ended: the row that has its server now, or NO_ROW. */
  leave(): number {
    if (this.#size === 0) {
      this.#free++;
      return NO_ROW;
    }
    const row = this.#queue[this.#head];
    this.#head = (this.#head + 1) % this.#queue.length;
    this.#size--;
    return row;
  }

  /** When a finalize that could begin now does. */
  beginMs(row: number, nowMs: number): number {
    return this.#outages.beginMs(row / ROW_INTS, nowMs);
  }
}
