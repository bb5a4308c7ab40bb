// Which task runs still wait for what: told of every end and publish, it says who has become ready and who will never run
// because of its trigger rule. Skips go on to those below at once, along a list instead of by recursion.

import { Outcome } from '../../../shared/model/event.ts';
import { ROW_INTS } from '../../engine/rows.ts';
import type { MessageRows } from '../run-plan/messages.ts';
import { EndEdge, type ModelGraph } from './model-graph.ts';
import { Phase, ROW_PENDING, ROW_PHASE } from './model-rows.ts';
import { NEVER_MADE, TriggerGates } from './trigger-gates.ts';
import { judge, RuleId, Verdict } from './trigger-rules.ts';

export class DependencyState {
  /** Task runs that became ready since this was last emptied: `ready[0 … readyCount)`. */
  readonly ready: Int32Array;
  readyCount = 0;
  /** What each task run still has to look for; and those that would find it all since this was last emptied. */
  readonly polled: Int32Array;
  readonly sensed: Int32Array;
  sensedCount = 0;
  /** Whether anybody has to look. */
  readonly hasPolled: boolean;
  /** When each has seen the last marker that it is told by; empty where there are none. */
  readonly lookMs: Float64Array;
  /** Task runs that a rule ended without a start, with their outcomes. */
  readonly ended: Int32Array;
  readonly endedOutcome: Uint8Array;
  endedCount = 0;
  readonly #rows: Int32Array;
  readonly #graph: ModelGraph;
  readonly #messages: MessageRows;
  /** By row of the graph's ends: 1 where a success is one thing less to wait for, and nothing else. */
  readonly #endIsPlain: Uint8Array;
  readonly #success: Int32Array;
  readonly #failed: Int32Array;
  readonly #skipped: Int32Array;
  readonly #groupIsMet: Uint8Array;
  readonly #gates: TriggerGates | null;

  constructor(rows: Int32Array, graph: ModelGraph, messages: MessageRows) {
    this.#rows = rows;
    this.#graph = graph;
    this.#messages = messages;
    this.#endIsPlain = plainEnds(graph);
    this.ready = new Int32Array(graph.count);
    this.polled = graph.polled.slice();
    this.hasPolled = graph.polled.some((count) => count > 0);
    this.sensed = new Int32Array(graph.count);
    this.lookMs = new Float64Array(messages.hasMarkers ? graph.count : 0);
    this.ended = new Int32Array(graph.count);
    this.endedOutcome = new Uint8Array(graph.count);
    const counted = graph.rule.some((rule) => rule !== RuleId.allSuccess) ? graph.count : 0;
    this.#success = new Int32Array(counted);
    this.#failed = new Int32Array(counted);
    this.#skipped = new Int32Array(counted);
    this.#groupIsMet = new Uint8Array(graph.groupCount);
    this.#gates = graph.gates === null ? null : new TriggerGates(graph.gates);
  }

  clear(): void {
    const { pending } = this.#graph;
    for (let i = 0; i < pending.length; i++) this.#rows[i * ROW_INTS + ROW_PENDING] = pending[i];
    this.polled.set(this.#graph.polled);
    this.lookMs.fill(0);
    this.sensedCount = 0;
    this.readyCount = 0;
    this.endedCount = 0;
    this.#success.fill(0);
    this.#failed.fill(0);
    this.#skipped.fill(0);
    this.#groupIsMet.fill(0);
    this.#gates?.clear();
  }

  tellEnd(taskRun: number, outcome: number): void {
    const { endOffsets, endTo } = this.#graph;
    const end = endOffsets[taskRun + 1];
    for (let i = endOffsets[taskRun]; i < end; i++) {
      if (outcome === Outcome.success && this.#endIsPlain[i] !== 0) this.#meet(endTo[i]);
      else this.#tellOneEnd(i, outcome);
    }
  }

  #tellOneEnd(i: number, outcome: number): void {
    const { endTo, endKind, endIsPolled, rule } = this.#graph;
    const to = endTo[i];
    const kind = endKind[i];
    if (kind === EndEdge.rule && (outcome !== Outcome.success || rule[to] !== RuleId.allSuccess))
      this.#tellRule(to, outcome);
    else if (kind !== EndEdge.past || outcome === Outcome.success || outcome === Outcome.skipped) {
      if (endIsPolled[i] !== 0) this.#sense(to);
      else this.#meet(to);
    }
  }

  /** `lookMs`: when those are told who look for a marker on a grid; 0 for an event. */
  tellPublish(message: number, lookMs = 0): void {
    const { publishOffsets, publishTo, publishGroup, publishIsPolled } = this.#graph;
    for (let i = publishOffsets[message]; i < publishOffsets[message + 1]; i++) {
      const group = publishGroup[i];
      if (group >= 0) {
        if (this.#groupIsMet[group] !== 0) continue;
        this.#groupIsMet[group] = 1;
      }
      if (publishTo[i] < 0) this.#tellGate(publishTo[i], lookMs);
      else if (publishIsPolled[i] !== 0) this.#sense(publishTo[i]);
      else this.#meetAt(publishTo[i], lookMs);
    }
  }

  /** Its event and its marker at once. */
  tellAllPublishes(taskRun: number): void {
    this.tellPublish(taskRun);
    if (this.#messages.isPair(taskRun)) this.tellPublish(this.#messages.markerOf(taskRun));
  }

  #meetAt(to: number, lookMs: number): void {
    if (lookMs > 0 && this.lookMs[to] < lookMs) this.lookMs[to] = lookMs;
    this.#meet(to);
  }

  #tellGate(target: number, lookMs: number): void {
    const gates = this.#gates;
    if (gates !== null) for (const taskRun of gates.publish(target, lookMs)) this.#meetAt(taskRun, gates.foundMs);
  }

  /**
   * Nothing else happens: runs that have not come about are never made, and whoever waits for them goes on with what was
   * there before. False when none was left.
   */
  giveUpRuns(): boolean {
    const taskRuns = this.#gates?.close() ?? [];
    for (const taskRun of taskRuns) {
      this.#endWithout(taskRun, NEVER_MADE);
      this.tellAllPublishes(taskRun);
    }
    return taskRuns.length > 0;
  }

  /** One thing less to wait for. */
  #meet(to: number): void {
    const row = to * ROW_INTS;
    const pending = this.#rows[row + ROW_PENDING] - 1;
    this.#rows[row + ROW_PENDING] = pending;
    if (pending === 0 && this.#rows[row + ROW_PHASE] === Phase.waiting) this.ready[this.readyCount++] = to;
  }

  #sense(to: number): void {
    if (--this.polled[to] === 0) this.sensed[this.sensedCount++] = to;
  }

  #tellRule(to: number, outcome: number): void {
    if (this.#rows[to * ROW_INTS + ROW_PHASE] !== Phase.waiting) return;
    const { rule, ruleUpstreams } = this.#graph;
    if (rule[to] === RuleId.allSuccess) {
      this.#endWithout(to, outcome === Outcome.skipped ? Outcome.skipped : Outcome.upstreamFailed);
      return;
    }
    if (rule[to] === RuleId.always) return;
    const before = this.#verdict(to, rule[to], ruleUpstreams[to]);
    if (outcome === Outcome.success) this.#success[to]++;
    else if (outcome === Outcome.skipped) this.#skipped[to]++;
    else this.#failed[to]++;
    const verdict = this.#verdict(to, rule[to], ruleUpstreams[to]);
    if (verdict === before) return;
    if (verdict === Verdict.run) this.#meet(to);
    else if (verdict !== Verdict.wait)
      this.#endWithout(to, verdict === Verdict.skip ? Outcome.skipped : Outcome.upstreamFailed);
  }

  #verdict(to: number, rule: number, upstreams: number): Verdict {
    return judge(rule, upstreams, this.#success[to], this.#failed[to], this.#skipped[to]);
  }

  #endWithout(taskRun: number, outcome: number): void {
    this.#rows[taskRun * ROW_INTS + ROW_PHASE] = Phase.done;
    this.endedOutcome[this.endedCount] = outcome;
    this.ended[this.endedCount++] = taskRun;
  }
}

const plainEnds = ({ endTo, endKind, endIsPolled, rule }: ModelGraph): Uint8Array =>
  Uint8Array.from(endTo, (to, i) =>
    endIsPolled[i] === 0 && (endKind[i] !== EndEdge.rule || rule[to] === RuleId.allSuccess) ? 1 : 0,
  );
