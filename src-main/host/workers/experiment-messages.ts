// What the host and the thread of an experiment tell each other. The thread plans and adds up; what it plays on are
// threads of the host, to which it speaks by ports of its own, so that no plan goes through the host.

import type { MessagePort } from 'node:worker_threads';
import type { LandingTarget } from '../../../simulations/experiments/history-landings.ts';
import type { JobMessage } from './job.ts';
import type { QuestionKind } from './scenario-questions.ts';

/** What it starts with. */
export interface ExperimentData {
  readonly kind: QuestionKind;
  readonly params: unknown;
  /** Whether a workspace is open, so that logs can be asked for. */
  readonly hasLogs: boolean;
}

export type FromExperiment =
  | JobMessage
  | { readonly type: 'part'; readonly answer: unknown }
  | { readonly type: 'playing'; readonly isPlaying: boolean }
  | { readonly type: 'ask'; readonly id: number; readonly wanted: Wanted }
  | { readonly type: 'start player'; readonly id: number; readonly port: MessagePort }
  | { readonly type: 'end player'; readonly id: number };

/** What only the host knows. */
export type Wanted =
  | { readonly what: 'logs'; readonly names: readonly string[] }
  | { readonly what: 'history'; readonly target: LandingTarget };

export type ToExperiment =
  | { readonly type: 'found'; readonly id: number; readonly found: unknown }
  /** Give what there is: only heard while it waits for players. */
  | { readonly type: 'stop' };
