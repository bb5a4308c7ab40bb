// Pipelines of which the play decides what makes a run: the next is made when all of its datasets have been published
// since the one before; a dataset that is published twice meanwhile counts once. Runs that have not come about when
// nothing else happens any more are never made.
// Who publishes for whom stands among the edges of the graph, as negative targets.

import { GrowableInt32 } from '../../../shared/base/growable.ts';
import { type Csr, csrBy } from '../../../shared/model/catalog.ts';
import type { RunPlan } from '../run-plan/plan.ts';

/** A play's outcome for task runs of runs that were never made: beside the Outcomes, and no event of a log. */
export const NEVER_MADE = 255;

export interface GateColumns {
  /** A gate is one dataset of one trigger; gates of trigger t are `firstGate[t] … firstGate[t + 1])`. */
  readonly firstGate: Int32Array;
  readonly triggerOfGate: Int32Array;
  /** A unit is one publish at one gate, by the copies of one task run; all copies make it. */
  readonly gateOfUnit: Int32Array;
  readonly copiesOfUnit: Int32Array;
  /** A slot is a run that may come; those of trigger t are `firstSlot[t] … firstSlot[t + 1])`. */
  readonly firstSlot: Int32Array;
  /** By slot: the task runs that its being made lets go, and all of its task runs. */
  readonly gated: Csr;
  readonly members: Csr;
}

export const edgeToUnit = (unit: number): number => -1 - unit;

/** `addEdge`: publish of a dataset by a task run to a target. `roots`: task runs of a run that its trigger holds back. */
export function compileGates(
  { dynamic, taskRuns }: RunPlan,
  addEdge: (taskRun: number, dataset: number, target: number) => void,
  roots: (run: number) => readonly number[],
): GateColumns {
  const [firstGate, triggerOfGate, gateOfUnit, copiesOfUnit, firstSlot] = Array.from(
    { length: 5 },
    () => new GrowableInt32(),
  );
  const [gatedSlot, gatedTaskRun, memberSlot, member] = Array.from({ length: 4 }, () => new GrowableInt32());
  let slots = 0;
  for (const [trigger, { datasets, publishOf, publishers, firstRun, runCount }] of dynamic.entries()) {
    const gate = triggerOfGate.length;
    firstGate.push(gate);
    firstSlot.push(slots);
    for (const _ of datasets) triggerOfGate.push(trigger);
    for (const [publish, place] of publishOf.entries()) {
      const copies = publishers.values.subarray(publishers.offsets[publish], publishers.offsets[publish + 1]);
      if (copies.length === 0) continue;
      const unit = gateOfUnit.push(gate + place);
      copiesOfUnit.push(copies.length);
      for (const taskRun of copies) addEdge(taskRun, datasets[place], edgeToUnit(unit));
    }
    for (let run = firstRun; run < firstRun + runCount; run++, slots++) {
      for (const taskRun of roots(run)) {
        gatedSlot.push(slots);
        gatedTaskRun.push(taskRun);
      }
      for (let i = taskRuns.ofRun.offsets[run]; i < taskRuns.ofRun.offsets[run + 1]; i++) {
        memberSlot.push(slots);
        member.push(taskRuns.ofRun.values[i]);
      }
    }
  }
  firstGate.push(triggerOfGate.length);
  firstSlot.push(slots);
  return {
    firstGate: firstGate.finish(),
    triggerOfGate: triggerOfGate.finish(),
    gateOfUnit: gateOfUnit.finish(),
    copiesOfUnit: copiesOfUnit.finish(),
    firstSlot: firstSlot.finish(),
    gated: csrBy(gatedSlot.finish(), gatedTaskRun.finish(), slots),
    members: csrBy(memberSlot.finish(), member.finish(), slots),
  };
}

const NONE = new Int32Array(0);

/** Of one play. */
export class TriggerGates {
  readonly #columns: GateColumns;
  /** Copies that have not published yet, by unit. */
  readonly #left: Int32Array;
  readonly #isPublished: Uint8Array;
  /** Gates that are still to come, by trigger; the next slot of each. */
  readonly #missing: Int32Array;
  readonly #nextSlot: Int32Array;
  /** By trigger: when the last marker of those that came is looked for, or 0. */
  readonly #lookMs: Float64Array;
  /** Of what a publish has let go: not before this. */
  foundMs = 0;

  constructor(columns: GateColumns) {
    const triggers = columns.firstSlot.length - 1;
    this.#columns = columns;
    this.#left = columns.copiesOfUnit.slice();
    this.#isPublished = new Uint8Array(columns.triggerOfGate.length);
    this.#missing = new Int32Array(triggers);
    this.#nextSlot = new Int32Array(triggers);
    this.#lookMs = new Float64Array(triggers);
    this.clear();
  }

  clear(): void {
    const { copiesOfUnit, firstGate, firstSlot } = this.#columns;
    this.#left.set(copiesOfUnit);
    this.#isPublished.fill(0);
    this.#lookMs.fill(0);
    for (let trigger = 0; trigger < this.#missing.length; trigger++) {
      this.#missing[trigger] = firstGate[trigger + 1] - firstGate[trigger];
      this.#nextSlot[trigger] = firstSlot[trigger];
    }
  }

  /** A publish that somebody's trigger waits for; `target` and `lookMs` as of the graph. The task runs that it lets go. */
  publish(target: number, lookMs: number): Int32Array {
    const { gateOfUnit, triggerOfGate, firstGate, firstSlot, gated } = this.#columns;
    const unit = -1 - target;
    if (--this.#left[unit] > 0) return NONE;
    const gate = gateOfUnit[unit];
    const trigger = triggerOfGate[gate];
    if (this.#isPublished[gate] !== 0) return NONE;
    this.#isPublished[gate] = 1;
    this.#lookMs[trigger] = Math.max(this.#lookMs[trigger], lookMs);
    if (--this.#missing[trigger] > 0) return NONE;
    this.#isPublished.fill(0, firstGate[trigger], firstGate[trigger + 1]);
    this.#missing[trigger] = firstGate[trigger + 1] - firstGate[trigger];
    this.foundMs = this.#lookMs[trigger];
    this.#lookMs[trigger] = 0;
    if (this.#nextSlot[trigger] >= firstSlot[trigger + 1]) return NONE;
    const slot = this.#nextSlot[trigger]++;
    return gated.values.subarray(gated.offsets[slot], gated.offsets[slot + 1]);
  }

  /** Nothing happens any more: all task runs of the first trigger's runs that were not made, once; empty when none is left. */
  close(): Int32Array {
    const { firstSlot, members } = this.#columns;
    for (let trigger = 0; trigger < this.#nextSlot.length; trigger++) {
      const slot = this.#nextSlot[trigger];
      const end = firstSlot[trigger + 1];
      if (slot >= end) continue;
      this.#nextSlot[trigger] = end;
      return members.values.subarray(members.offsets[slot], members.offsets[end]);
    }
    return NONE;
  }
}
