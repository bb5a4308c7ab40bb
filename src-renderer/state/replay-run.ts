// The replays of one landing: the unchanged night, then each change by itself, with what is ready so far. One at a time; a
// new question ends the one before. It lives beside the screens, so that leaving Why does not forget it.

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Client } from '../../shared/api/client.ts';
import type { ServiceError } from '../../shared/api/errors.ts';
import type { ReplayChange, ReplayControl, ReplayRow } from '../../shared/api/views-why.ts';
import { type CancelSource, cancelSource } from '../../shared/base/cancel.ts';
import { asServiceError } from './resources.ts';

/** What is asked: a log, a task run of it, the changes. */
export interface ReplayQuestion {
  readonly log: string;
  readonly taskRun: number;
  readonly changes: readonly ReplayChange[];
}

interface Known {
  readonly question: ReplayQuestion;
  readonly control: ReplayControl | null;
  readonly rows: readonly ReplayRow[];
}

export type ReplayState =
  | { readonly status: 'idle' }
  | (Known & { readonly status: 'running'; readonly step: string; readonly share: number })
  | (Known & { readonly status: 'done' | 'cancelled' })
  | (Known & { readonly status: 'failed'; readonly error: ServiceError });

export interface ReplayRun {
  readonly store: StoreApi<ReplayState>;
  /** Does nothing when just this is running or done. */
  ask(question: ReplayQuestion): void;
  cancel(): void;
}

export function createReplayRun(client: Client): ReplayRun {
  const store = createStore<ReplayState>(() => ({ status: 'idle' }));
  let source: CancelSource | null = null;

  const run = async (question: ReplayQuestion, own: CancelSource): Promise<void> => {
    const { log, taskRun, changes } = question;
    const isMine = (): boolean => source === own;
    let known: Known = { question, control: null, rows: [] };
    try {
      const view = await client.call(
        'why.replay',
        { log, of: taskRun, changes: [...changes] },
        {
          signal: own.signal,
          onProgress: ({ step, share, control, rows }) => {
            known = { question, control, rows };
            if (isMine()) store.setState({ status: 'running', step, share, ...known }, true);
          },
        },
      );
      if (isMine()) store.setState({ status: 'done', question, control: view.control, rows: view.rows }, true);
    } catch (fault) {
      const error = asServiceError(fault);
      if (!isMine()) return;
      store.setState(
        error.code === 'cancelled' ? { status: 'cancelled', ...known } : { status: 'failed', error, ...known },
        true,
      );
    }
  };
  return {
    store,
    ask(question) {
      const state = store.getState();
      const isSame = state.status !== 'idle' && JSON.stringify(state.question) === JSON.stringify(question);
      if (isSame && (state.status === 'running' || state.status === 'done')) return;
      source?.cancel();
      source = cancelSource();
      store.setState(
        { status: 'running', question, control: null, rows: [], step: 'Playing the night again', share: 0 },
        true,
      );
      void run(question, source);
    },
    cancel: () => source?.cancel(),
  };
}
