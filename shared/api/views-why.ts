// What the services answer to "why late", "why not running" and "what without it". Ids are rows of the log's tables; times
// are µs since the epoch, NaN (null in JSON) for unknown.

import type { CriticalChain } from '../analysis/why/chain.ts';
import type { Charge } from '../analysis/why/charges.ts';
import type { NotRunning } from '../analysis/why/not-running.ts';
import type { LogView } from './views.ts';

/** How it stands with what was asked of; only `landed` and `late` have a complete chain. */
export type WhyState = 'late' | 'on time' | 'landed' | 'running' | 'waiting' | 'failed' | 'skipped' | 'never ran';

/** A landing, or a task run without data of its own, and how it came about. */
export interface WhyView {
  readonly log: LogView;
  readonly taskRun: number;
  /** `pipeline.task`. */
  readonly label: string;
  /** Its dataset's name, or "" when it writes none. */
  readonly dataset: string;
  /** `date=2025-12-24`, or "". */
  readonly partition: string;
  readonly owner: string;
  readonly zone: string;
  readonly state: WhyState;
  /** One plain sentence that answers; also for runs that were on time, never ran or still run. */
  readonly sentence: string;
  readonly dueUs: number;
  /** Its first landing; of a task run that writes nothing, its end. NaN when it has not. */
  readonly landedUs: number;
  /** Negative when early. NaN without a deadline. */
  readonly lateMs: number;
  readonly usual: UsualLanding;
  /** null when nothing of it was recorded. It ends at the landing, or where the log does. */
  readonly chain: CriticalChain | null;
  /** Largest first, the rest last; they sum to landing - usual landing. Empty without a landing. */
  readonly charges: readonly WhyCharge[];
  /** What the log lacks to tell more: plain sentences, empty when nothing is unknown. */
  readonly advice: readonly string[];
}

export interface UsualLanding {
  /** Median, as the instant of this night that has the same distance from its due time or start; NaN without history. */
  readonly landedUs: number;
  readonly nights: number;
  /** Of those nights how many missed the deadline. */
  readonly missed: number;
}

/** A charge with its name and with what taking it away is, for `why.replay`. */
export interface WhyCharge extends Charge {
  /** `late source of ingest.events_raw`, `pool spark held by growth.attribution_backfill`, `rest`. */
  readonly name: string;
  /** -1 for the rest. */
  readonly taskRun: number;
  /** null where a replay cannot take it away. */
  readonly change: ReplayChange | null;
}

/** The one thing that a counterfactual changes. Task runs, runs and pools are rows of the log's own tables. */
export type ReplayChange =
  | { readonly kind: 'none' }
  /** What feeds this task run from outside is there when its run is due. */
  | { readonly kind: 'source-on-time'; readonly taskRun: number }
  | { readonly kind: 'pool-slots'; readonly pool: string; readonly slots: number }
  /** These task runs never ran; whoever waited for them does not. */
  | { readonly kind: 'remove-task-runs'; readonly taskRuns: readonly number[] }
  /** The whole pipeline, as a backfill that was put elsewhere. */
  | { readonly kind: 'remove-pipeline'; readonly pipeline: string }
  /** This task run waits for the dataset's partition that it read. */
  | { readonly kind: 'declare-dependency'; readonly taskRun: number; readonly dataset: string }
  /** This task run takes this long, in all its attempts. */
  | { readonly kind: 'duration'; readonly taskRun: number; readonly ms: number };

export interface ReplayProgress {
  readonly step: string;
  /** 0 … 1. */
  readonly share: number;
  /** Rows of the answer that are ready by now, the control first. */
  readonly control: ReplayControl | null;
  readonly rows: readonly ReplayRow[];
}

/** The unchanged night played again: how far it is from what happened. Before this holds nothing else is believed. */
export interface ReplayControl {
  /** Of the landing that was asked for. */
  readonly landedUs: number;
  /** Replayed - recorded, signed. */
  readonly errorMs: number;
  /** Of all task runs that both have: absolute error of their ends. */
  readonly endErrorP50Ms: number;
  readonly endErrorP99Ms: number;
  readonly endErrorMaxMs: number;
  readonly taskRuns: number;
  /** Allowed for the landing; `isBelieved` is |errorMs| <= this. */
  readonly limitMs: number;
  readonly isBelieved: boolean;
}

export interface ReplayRow {
  readonly change: ReplayChange;
  /** `source on time`, `growth.attribution_backfill elsewhere`. */
  readonly name: string;
  /** NaN when it would not land. */
  readonly landedUs: number;
  readonly lateMs: number;
  readonly verdict: 'met' | 'missed' | 'no deadline';
  /** Recorded landing - this one: what taking it away gains, in ms. */
  readonly gainMs: number;
  /** Proved early reads of the changed night that the unchanged replay has not; at most 10. */
  readonly newEarlyReads: readonly ReplayEarlyRead[];
  /** … and those that are gone. */
  readonly goneEarlyReads: readonly ReplayEarlyRead[];
  /** Why a row has no figures: a plain sentence; "" when it has. */
  readonly refused: string;
}

export interface ReplayEarlyRead {
  readonly reader: number;
  readonly label: string;
  readonly dataset: string;
  readonly readUs: number;
  readonly wholeUs: number;
}

export interface ReplayView {
  readonly control: ReplayControl;
  readonly rows: readonly ReplayRow[];
  readonly elapsedMs: number;
}

/** Why a task run was not running at a moment. */
export interface WhyAtView extends NotRunning {
  readonly taskRun: number;
  readonly label: string;
  readonly atUs: number;
  readonly sentence: string;
}

/** By how much a reader started after what it reads was whole, over the nights that are known. */
export interface MarginView {
  readonly reader: string;
  readonly dataset: string;
  readonly nights: readonly {
    /** `date=2025-12-24`, or the log's name. */
    readonly night: string;
    readonly wholeUs: number;
    readonly startedUs: number;
    /** started - whole; under zero it read too early. NaN when unknown. */
    readonly marginMs: number;
  }[];
  readonly underZero: number;
  readonly unknown: number;
  readonly p50Ms: number;
  readonly minMs: number;
}
