// Publishes that come late, twice or never. Shares and `once` are drawn for all task runs before a play, by seed, fault,
// names and replication; each time of a schedule or a rate strikes the next publish that is handed over. The data is
// whole either way; whoever waits for the event waits for it. An event and the marker beside it are struck one by one.

import { hashText } from '../../../shared/base/hash.ts';
import { randomUnit } from '../../../shared/base/random.ts';
import type { Distribution } from '../../../shared/model/distribution.ts';
import type { Fault } from '../../../shared/scenario/scenario.ts';
import type { MessageRows } from '../run-plan/messages.ts';
import type { RunPlan } from '../run-plan/plan.ts';
import { drawMs, joined, taskRunKeys } from './delay-columns.ts';
import { onceTaskRuns, strikeTimes, struckTaskRuns, struckTasks } from './fault-targets.ts';

const SECOND_DRAW = 1;
const MARKER_DRAW = 2;

export class PublishFaults {
  /** Beside the publish delay, by message; Infinity for a publish that is lost. */
  readonly extraMs: Float64Array;
  /** From the publish to the same one again, by message; NaN for never. Empty without such faults. */
  readonly againMs: Float64Array;
  /** Some strike at times: publishes must be handed over in order. */
  readonly isTimed: boolean;
  readonly #plan: RunPlan;
  readonly #messages: MessageRows;
  readonly #faults: readonly Fault[];
  readonly #delay: Distribution;
  readonly #keys: Int32Array;
  /** By fault: the hash of its name. */
  readonly #faultKey: Int32Array;
  readonly #struck: readonly Int32Array[];
  readonly #tasks: readonly Uint8Array[];
  /** By fault: the times that have struck nobody yet. */
  #times: number[][] = [];

  /** `faults`: of kinds publish-late, publish-lost and publish-duplicated. `delay`: of a usual publish. */
  constructor(plan: RunPlan, messages: MessageRows, faults: readonly Fault[], delay: Distribution) {
    this.#plan = plan;
    this.#messages = messages;
    this.#faults = faults;
    this.#delay = delay;
    this.isTimed = faults.some(({ timing }) => timing.kind === 'schedule' || timing.kind === 'rate');
    this.extraMs = new Float64Array(messages.count);
    const doubles = faults.some(({ kind }) => kind === 'publish-duplicated');
    this.againMs = new Float64Array(doubles ? messages.count : 0);
    this.#keys = faults.length === 0 ? new Int32Array(0) : taskRunKeys(plan, 'publish fault');
    this.#faultKey = Int32Array.from(faults, ({ kind, of }) => hashText(`${kind} ${of}`));
    this.#tasks = faults.map((fault) => struckTasks(plan, fault));
    this.#struck = faults.map((fault) => {
      if (fault.timing.kind === 'once') return this.#messagesOf(onceTaskRuns(plan, fault), fault);
      return fault.timing.kind === 'share' ? this.#messagesOf(struckTaskRuns(plan, fault), fault) : new Int32Array(0);
    });
  }

  draw(replication: number): void {
    this.extraMs.fill(0);
    this.againMs.fill(Number.NaN);
    this.#times = this.#faults.map((fault) => strikeTimes(fault, this.#plan, replication));
    for (const [i, fault] of this.#faults.entries()) this.#drawFault(i, fault, replication);
  }

  /** A publish is handed over now: the times that have passed strike it. */
  handOver(message: number, nowMs: number, replication: number): void {
    const task = this.#plan.taskRuns.task[this.#messages.taskRunOf(message)];
    for (const [i, times] of this.#times.entries()) {
      if (times.length === 0 || times[0] > nowMs || this.#tasks[i][task] === 0) continue;
      if (!this.#canStrike(this.#faults[i], message)) continue;
      times.shift();
      this.#strike(this.#faults[i], message, this.#keyOf(i, message, replication));
    }
  }

  /** Of each task run the messages that a fault can strike. */
  #messagesOf(taskRuns: Int32Array, fault: Fault): Int32Array {
    const both = [...taskRuns].flatMap((taskRun) =>
      this.#messages.isPair(taskRun) ? [taskRun, this.#messages.markerOf(taskRun)] : [taskRun],
    );
    return Int32Array.from(both.filter((message) => this.#canStrike(fault, message)));
  }

  #canStrike({ message: wanted }: Fault, message: number): boolean {
    return wanted === undefined || this.#messages.isMarker(message) === (wanted === 'marker');
  }

  #drawFault(row: number, fault: Fault, replication: number): void {
    const { timing } = fault;
    for (const message of this.#struck[row]) {
      const key = this.#keyOf(row, message, replication);
      if (timing.kind === 'share' && randomUnit(key, 0) >= timing.share) continue;
      this.#strike(fault, message, key);
    }
  }

  #keyOf(fault: number, message: number, replication: number): number {
    const taskRun = this.#messages.taskRunOf(message);
    const key = joined(this.#keys[taskRun] ^ this.#faultKey[fault], replication);
    return message === taskRun ? key : joined(key, MARKER_DRAW);
  }

  #strike({ kind, lasts }: Fault, message: number, key: number): void {
    const second = joined(key, SECOND_DRAW);
    if (kind === 'publish-lost') this.extraMs[message] = Number.POSITIVE_INFINITY;
    else if (kind === 'publish-duplicated') this.againMs[message] = drawMs(this.#delay, second);
    else if (lasts !== null) this.extraMs[message] += drawMs(lasts, second);
  }
}
