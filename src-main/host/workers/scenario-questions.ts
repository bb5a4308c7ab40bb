// What is asked of a scenario: to play it, to play it with one value changed, whether it will fit. And what whoever answers
// needs from where it is answered: a thread of its own has no workspace, and may be busy for as long as it likes.

import type { FitAnswer, FitParams, FitProgress } from '../../../shared/api/views-fit.ts';
import type { ExperimentProgress, ScenarioAnswer, SimulateParams } from '../../../shared/api/views-scenario.ts';
import type { SweepAnswer, SweepParams } from '../../../shared/api/views-sweep.ts';
import type { CancelSignal } from '../../../shared/base/cancel.ts';
import type { Catalog } from '../../../shared/model/catalog.ts';
import type { Log } from '../../../shared/model/log.ts';
import type { LandingTarget, NightLanding } from '../../../simulations/experiments/history-landings.ts';
import type { StartPlayer } from './player-thread.ts';

export interface ScenarioQuestions {
  simulate: { readonly params: SimulateParams; readonly answer: ScenarioAnswer; readonly progress: ExperimentProgress };
  sweep: { readonly params: SweepParams; readonly answer: SweepAnswer; readonly progress: ExperimentProgress };
  fit: { readonly params: FitQuestion; readonly answer: FitAnswer; readonly progress: FitProgress };
}
export type QuestionKind = keyof ScenarioQuestions;

export interface FitQuestion extends Omit<FitParams, 'path' | 'text'> {
  /** What is read, and the name that its problems carry: a file's path, or a text. */
  readonly source: { readonly path: string } | { readonly text: string; readonly name: string };
}

/** The logs of a workspace that go by these names (`*` stands for any text) with the definitions of the newest, or why not. */
export type LogSource = (names: readonly string[]) => Promise<FoundLogs | { readonly reason: string }>;

export interface FoundLogs {
  readonly catalog: Catalog;
  readonly logs: readonly Log[];
}

/** Observed nights of a landing; empty where nothing was observed. */
export type HistorySource = (target: LandingTarget) => Promise<readonly NightLanding[]>;

export interface Surroundings<N extends QuestionKind> {
  /** Null to play all in this thread. */
  readonly players: StartPlayer | null;
  /** Null where no workspace is open. */
  readonly logs: LogSource | null;
  readonly history: HistorySource;
  readonly signal: CancelSignal;
  readonly onProgress: (progress: ScenarioQuestions[N]['progress']) => void;
  /** Told of an answer so far, good for one that is stopped. */
  readonly onPart: (answer: ScenarioQuestions[N]['answer']) => void;
  /** Told when it begins and ends to wait for players: only then does it hear its signal. */
  readonly onPlaying: (isPlaying: boolean) => void;
  /** Nobody else waits for this thread: it may plan and play for long without a turn of its event loop. */
  readonly isOwnThread: boolean;
}
