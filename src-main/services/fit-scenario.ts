// Will it fit: what `landfall check` and the screen ask for. Opens no workspace itself: logs come from whoever has one
// open.

import type { FitAnswer, FitProgress } from '../../shared/api/views-fit.ts';
import { type CancelSignal, NEVER_CANCELLED } from '../../shared/base/cancel.ts';
import type { Log } from '../../shared/model/log.ts';
import { askScenario } from '../host/workers/ask-scenario.ts';
import { nightsOf } from '../host/workers/observed-nights.ts';
import type { FitQuestion, LogSource } from '../host/workers/scenario-questions.ts';

export interface FitRequest extends FitQuestion {
  readonly workersDir: string | null;
  /** Null where no workspace is open. */
  readonly logs: LogSource | null;
  /** Observed logs, for the history. */
  readonly observed: () => Promise<readonly Log[]>;
  readonly signal?: CancelSignal;
  readonly onProgress?: (progress: FitProgress) => void;
  /** Stopped, answer with the rows that there are while nights are played. */
  readonly wantsPart?: boolean;
}

/** Rejects with CancelledError when it was stopped before there was an answer: its rows were told. */
export function fitScenario(request: FitRequest): Promise<FitAnswer> {
  const { source, nights, seed, grow, pool, slots, search, workersDir, logs, observed } = request;
  const { signal = NEVER_CANCELLED, onProgress = () => {}, wantsPart = false } = request;
  const params = { source, nights, seed, grow, pool, slots, search };
  const history = nightsOf(observed);
  return askScenario('fit', params, { workersDir, logs, history, signal, onProgress, wantsPart });
}
