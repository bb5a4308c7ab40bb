// What each task run lets go when it ends and when its data is published, compiled from a run plan: the plan lists what
// a task run waits for, the event loop needs who waits for it. Depends on the plan alone, so all replications share it.

import { GrowableInt32 } from '../../../shared/base/growable.ts';
import { csrBy } from '../../../shared/model/catalog.ts';
import { isByMarker, MessageRows } from '../run-plan/messages.ts';
import { type RunPlan, WaitKind } from '../run-plan/plan.ts';
import { compileGates, type GateColumns } from './trigger-gates.ts';
import { RULE_IDS, RuleId } from './trigger-rules.ts';

export const EndEdge = {
  /** Inside a run: the trigger rule judges the outcome. */
  rule: 0,
  /** Of another pipeline's task: any end will do. */
  end: 1,
  /** Of an earlier run: it must have succeeded or been skipped. */
  past: 2,
} as const;

export interface ModelGraph {
  readonly count: number;
  /** Of task run i: rows `endOffsets[i] … endOffsets[i + 1])`. */
  readonly endOffsets: Int32Array;
  readonly endTo: Int32Array;
  /** An EndEdge. */
  readonly endKind: Uint8Array;
  /** By message (run-plan/messages.ts). */
  readonly publishOffsets: Int32Array;
  /** Negative ones are for `gates`. */
  readonly publishTo: Int32Array;
  /** Alternatives share a group (>= 0): the first of them counts. */
  readonly publishGroup: Int32Array;
  readonly groupCount: number;
  /** What each task run waits for at first: see ROW_PENDING. */
  readonly pending: Int32Array;
  /** What each task run has to look for by itself, beside that; its edges are marked. */
  readonly polled: Int32Array;
  readonly endIsPolled: Uint8Array;
  readonly publishIsPolled: Uint8Array;
  /** Row of definitions.waits: how each task run looks; -1 where it is told. */
  readonly pollWait: Int32Array;
  /** A RuleId. */
  readonly rule: Uint8Array;
  /** Upstreams inside the run. */
  readonly ruleUpstreams: Int32Array;
  /** Messages that let somebody go. */
  readonly awaitedPublishes: number;
  /** Of pipelines of which the play decides what makes a run; null when there are none. */
  readonly gates: GateColumns | null;
}

export function compileGraph(plan: RunPlan): ModelGraph {
  return new GraphCompiler(plan).compile();
}

class GraphCompiler {
  readonly #plan: RunPlan;
  readonly #messages: MessageRows;
  readonly #rule: Uint8Array;
  readonly #pending: Int32Array;
  readonly #ruleUpstreams: Int32Array;
  readonly #endFrom = new GrowableInt32();
  readonly #endTo = new GrowableInt32();
  readonly #endKind = new GrowableInt32();
  readonly #publishFrom = new GrowableInt32();
  readonly #publishTo = new GrowableInt32();
  readonly #publishGroup = new GrowableInt32();
  readonly #endIsPolled = new GrowableInt32();
  readonly #publishIsPolled = new GrowableInt32();
  readonly #polled: Int32Array;
  readonly #pollWait: Int32Array;
  /** The task run for which each group was counted. */
  readonly #counted = new Set<number>();
  #groups = 0;

  constructor(plan: RunPlan) {
    const { taskRuns, definitions } = plan;
    this.#plan = plan;
    this.#messages = new MessageRows(definitions, taskRuns.task);
    this.#rule = Uint8Array.from(taskRuns.task, (task) => RULE_IDS[definitions.tasks[task].rule]);
    this.#pending = new Int32Array(taskRuns.count);
    this.#polled = new Int32Array(taskRuns.count);
    this.#pollWait = new Int32Array(taskRuns.count).fill(-1);
    this.#ruleUpstreams = new Int32Array(taskRuns.count);
  }

  compile(): ModelGraph {
    const { taskRuns, open } = this.#plan;
    for (let taskRun = 0; taskRun < taskRuns.count; taskRun++) this.#addTaskRun(taskRun);
    for (const taskRun of open.taskRun) this.#pending[taskRun]++;
    const gates = this.#compileGates();
    const end = linked(this.#endFrom, this.#endTo, taskRuns.count);
    const publish = linked(this.#publishFrom, this.#publishTo, this.#messages.count);
    const awaited = publish.offsets.reduce((sum, at, i) => (i > 0 && at > publish.offsets[i - 1] ? sum + 1 : sum), 0);
    return {
      count: taskRuns.count,
      endOffsets: end.offsets,
      endTo: end.to,
      endKind: Uint8Array.from(end.order, (row) => this.#endKind.at(row)),
      publishOffsets: publish.offsets,
      publishTo: publish.to,
      publishGroup: Int32Array.from(publish.order, (row) => this.#publishGroup.at(row)),
      groupCount: this.#groups,
      pending: this.#pending,
      polled: this.#polled,
      endIsPolled: Uint8Array.from(end.order, (row) => this.#endIsPolled.at(row)),
      publishIsPolled: Uint8Array.from(publish.order, (row) => this.#publishIsPolled.at(row)),
      pollWait: this.#pollWait,
      rule: this.#rule,
      ruleUpstreams: this.#ruleUpstreams,
      awaitedPublishes: awaited,
      gates,
    };
  }

  #addTaskRun(taskRun: number): void {
    const { dependencies: d, runs, taskRuns } = this.#plan;
    for (let row = d.offsets[taskRun]; row < d.offsets[taskRun + 1]; row++) {
      const isPolled = this.#isPolled(d.wait[row]);
      if (isPolled) this.#pollWait[taskRun] = d.wait[row];
      if (d.kind[row] === WaitKind.publish)
        this.#addPublish(this.#messageOf(d.upstream[row], d.partition[row]), taskRun, d.group[row], isPolled);
      else this.#addEnd(d.upstream[row], taskRun, endKind(d.kind[row], d.wait[row]), isPolled);
    }
    const run = taskRuns.run[taskRun];
    const triggersEnd = this.#isBehind(taskRun) ? runs.triggers.offsets[run] : runs.triggers.offsets[run + 1];
    for (let row = runs.triggers.offsets[run]; row < triggersEnd; row++) {
      const { values, byMarker } = runs.triggers;
      this.#addPublish(this.#messages.rowOf(values[row], byMarker[row] === 1), taskRun, -1, false);
    }
    this.#countRule(taskRun);
  }

  #messageOf(writer: number, partition: number): number {
    if (!this.#messages.isPair(writer)) return writer;
    const { partitions, definitions } = this.#plan;
    return this.#messages.rowOf(writer, isByMarker(definitions.workload.datasets[partitions.dataset[partition]]));
  }

  /** Inside a run, whoever waits for all upstreams is after the trigger anyway. */
  #isBehind(taskRun: number): boolean {
    return this.#ruleUpstreams[taskRun] > 0 && this.#rule[taskRun] === RuleId.allSuccess;
  }

  #compileGates(): GateColumns | null {
    if (this.#plan.dynamic.length === 0) return null;
    const { offsets, values } = this.#plan.taskRuns.ofRun;
    const { datasets } = this.#plan.definitions.workload;
    const addEdge = (taskRun: number, dataset: number, target: number): void => {
      this.#publishFrom.push(this.#messages.rowOf(taskRun, isByMarker(datasets[dataset])));
      this.#publishTo.push(target);
      this.#publishGroup.push(-1);
      this.#publishIsPolled.push(0);
    };
    const roots = (run: number): number[] => {
      const held = [...values.subarray(offsets[run], offsets[run + 1])].filter((taskRun) => !this.#isBehind(taskRun));
      for (const taskRun of held) this.#pending[taskRun]++;
      return held;
    };
    return compileGates(this.#plan, addEdge, roots);
  }

  #isPolled(wait: number): boolean {
    if (wait < 0) return false;
    const { mode } = this.#plan.definitions.waits[wait];
    return mode !== 'event' && mode !== 'none';
  }

  #addEnd(from: number, to: number, kind: number, isPolled: boolean): void {
    this.#endFrom.push(from);
    this.#endTo.push(to);
    this.#endKind.push(kind);
    this.#endIsPolled.push(isPolled ? 1 : 0);
    if (kind === EndEdge.rule) this.#ruleUpstreams[to]++;
    else this.#count(to, isPolled);
  }

  #addPublish(from: number, to: number, group: number, isPolled: boolean): void {
    this.#publishFrom.push(from);
    this.#publishTo.push(to);
    this.#publishGroup.push(group);
    this.#publishIsPolled.push(isPolled ? 1 : 0);
    if (group >= 0) {
      this.#groups = Math.max(this.#groups, group + 1);
      if (this.#counted.has(group)) return;
      this.#counted.add(group);
    }
    this.#count(to, isPolled);
  }

  #count(to: number, isPolled: boolean): void {
    if (isPolled) this.#polled[to]++;
    else this.#pending[to]++;
  }

  /** All-success counts its upstreams one by one; any other rule is one thing to wait for. */
  #countRule(taskRun: number): void {
    const upstreams = this.#ruleUpstreams[taskRun];
    const rule = this.#rule[taskRun];
    if (upstreams === 0 || rule === RuleId.always) return;
    this.#pending[taskRun] += rule === RuleId.allSuccess ? upstreams : 1;
  }
}

const endKind = (waitKind: number, wait: number): number =>
  waitKind === WaitKind.past ? EndEdge.past : wait < 0 ? EndEdge.rule : EndEdge.end;

function linked(from: GrowableInt32, to: GrowableInt32, count: number) {
  const rows = Int32Array.from({ length: from.length }, (_, i) => i);
  const { offsets, values: order } = csrBy(from.finish(), rows, count);
  return { offsets, order, to: order.map((row) => to.at(row)) };
}
