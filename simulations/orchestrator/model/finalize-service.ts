// The metadata store as a server: so many finalizes at a time, first come first served, and outages in which none begins
// (one that has begun is not interrupted). Whoever holds a server when an outage comes keeps it until it is over.

import { hashText } from '../../../shared/base/hash.ts';
import { randomKey, randomUnit } from '../../../shared/base/random.ts';
import type { Fault, Orchestrator } from '../../../shared/scenario/scenario.ts';
import { NO_ROW } from '../../engine/rows.ts';
import type { RunPlan } from '../run-plan/plan.ts';
import { drawMs, joined } from './delay-columns.ts';

export class FinalizeService {
  /** False when every finalize begins at once: then nobody need ask. */
  readonly isBinding: boolean;
  readonly #plan: RunPlan;
  readonly #servers: number;
  readonly #faults: readonly Fault[];
  readonly #queue: Int32Array;
  #head = 0;
  #size = 0;
  #free = 0;
  /** Beginnings and ends, ascending by beginning. */
  #outages: readonly { readonly fromMs: number; readonly toMs: number }[] = [];

  /** `faults`: of kind store-outage. */
  constructor(plan: RunPlan, { finalize }: Orchestrator, faults: readonly Fault[]) {
    this.#plan = plan;
    this.#servers = finalize.servers ?? plan.taskRuns.count;
    this.#faults = faults;
    const isInstant = finalize.service.kind === 'constant' && finalize.service.valueMs === 0;
    const isShort = this.#servers < plan.taskRuns.count;
    const takesTime = !isInstant || plan.definitions.tasks.some(({ finalize: own }) => own !== null);
    this.isBinding = faults.length > 0 || (isShort && takesTime);
    this.#queue = new Int32Array(this.isBinding ? plan.taskRuns.count + 1 : 1);
  }

  clear(replication: number): void {
    this.#head = 0;
    this.#size = 0;
    this.#free = this.#servers;
    this.#outages = this.#faults
      .flatMap((fault) => outagesOf(fault, this.#plan, replication))
      .sort((a, b) => a.fromMs - b.fromMs);
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
  beginMs(nowMs: number): number {
    let atMs = nowMs;
    for (const { fromMs, toMs } of this.#outages) if (fromMs <= atMs && atMs < toMs) atMs = toMs;
    return atMs;
  }
}

function outagesOf(fault: Fault, { frame }: RunPlan, replication: number): { fromMs: number; toMs: number }[] {
  const { timing, lasts } = fault;
  const key = randomKey(frame.seed, 'store outage', hashText(`${fault.of} ${timing.kind}`), replication);
  const lastsMs = (i: number): number => (lasts === null ? 0 : drawMs(lasts, joined(key, i)));
  if (timing.kind === 'schedule') return timing.atMs.map((fromMs, i) => ({ fromMs, toMs: fromMs + lastsMs(i) }));
  if (timing.kind !== 'rate') return [];
  const outages: { fromMs: number; toMs: number }[] = [];
  let atMs = 0;
  for (let i = 0; ; i++) {
    atMs -= timing.meanGapMs * Math.log(randomUnit(key, i));
    if (atMs >= frame.horizonMs) return outages;
    const fromMs = Math.round(atMs);
    outages.push({ fromMs, toMs: fromMs + lastsMs(i) });
  }
}
