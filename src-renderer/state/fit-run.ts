// Will it fit: one question at a time, its rows as they are done, progress and cancel. It lives beside the screens, so
// that leaving Fit neither stops nor forgets it.

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Client } from '../../shared/api/client.ts';
import type { ServiceError } from '../../shared/api/errors.ts';
import type { FitAnswer, FitParams, FitProgress } from '../../shared/api/views-fit.ts';
import { type CancelSource, cancelSource } from '../../shared/base/cancel.ts';
import { asServiceError } from './resources.ts';

export type FitState =
  | { readonly status: 'idle' }
  | { readonly status: 'running'; readonly params: FitParams; readonly progress: FitProgress | null }
  | { readonly status: 'done'; readonly params: FitParams; readonly answer: FitAnswer; readonly wasStopped: boolean }
  | { readonly status: 'failed'; readonly params: FitParams; readonly error: ServiceError };

export interface FitRun {
  readonly store: StoreApi<FitState>;
  /** Ends the question before. */
  ask(params: FitParams): void;
  cancel(): void;
}

export function createFitRun(client: Client): FitRun {
  const store = createStore<FitState>(() => ({ status: 'idle' }));
  let source: CancelSource | null = null;
  const run = async (params: FitParams, own: CancelSource): Promise<void> => {
    const put = (state: FitState): void => {
      if (source === own) store.setState(state, true);
    };
    let last: FitProgress | null = null;
    const onProgress = (progress: FitProgress): void => {
      last = progress;
      if (!own.signal.cancelled) put({ status: 'running', params, progress });
    };
    try {
      const answer = await client.call('fit.run', params, { signal: own.signal, onProgress });
      put({ status: 'done', params, answer, wasStopped: own.signal.cancelled });
    } catch (fault) {
      const error = asServiceError(fault);
      if (error.code !== 'cancelled') put({ status: 'failed', params, error });
      else put(stoppedWith(params, last));
    }
  };
  return {
    store,
    ask(params) {
      source?.cancel();
      source = cancelSource();
      store.setState({ status: 'running', params, progress: null }, true);
      void run(params, source);
    },
    cancel: () => source?.cancel(),
  };
}

/** What was done before it was stopped is still an answer. */
function stoppedWith(params: FitParams, progress: FitProgress | null): FitState {
  const answer: FitAnswer = { problems: [], problemCount: 0, report: null };
  return progress === null || progress.rows.length === 0
    ? { status: 'done', params, answer, wasStopped: true }
    : { status: 'done', params, answer: { ...answer, report: partOf(progress) }, wasStopped: true };
}

const partOf = ({ rows, targets }: FitProgress): NonNullable<FitAnswer['report']> => ({
  name: '',
  targets,
  rows,
  backtests: [],
  verdict: 'undecided',
  slotsNeeded: null,
  notes: [],
});
