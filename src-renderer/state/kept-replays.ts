// Counterfactual nights that were kept as logs in this page: which change under what name, so that a row knows its log
// after its screen was left. What the workspace holds is the workspace's to say.

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Client } from '../../shared/api/client.ts';
import type { ServiceError } from '../../shared/api/errors.ts';
import type { ReplayChange } from '../../shared/api/views-why.ts';
import { asServiceError } from './resources.ts';

export interface KeepQuestion {
  readonly log: string;
  readonly taskRun: number;
  readonly change: ReplayChange;
}

export type Kept =
  | { readonly status: 'keeping' }
  | { readonly status: 'kept'; readonly log: string }
  | { readonly status: 'failed'; readonly error: ServiceError };

export interface KeptReplays {
  readonly store: StoreApi<Readonly<Record<string, Kept>>>;
  keyOf(question: KeepQuestion): string;
  /** Does nothing while it is under way or done. `as`: the log's name. */
  keep(question: KeepQuestion, as: string): void;
}

export function createKeptReplays(client: Client): KeptReplays {
  const store = createStore<Readonly<Record<string, Kept>>>(() => ({}));
  const keyOf = (question: KeepQuestion): string => JSON.stringify([question.log, question.taskRun, question.change]);
  return {
    store,
    keyOf,
    keep(question, as) {
      const key = keyOf(question);
      const known = store.getState()[key];
      if (known !== undefined && known.status !== 'failed') return;
      store.setState({ [key]: { status: 'keeping' } });
      const { log, taskRun: of, change } = question;
      client.call('why.keep', { log, of, change, as }).then(
        ({ name }) => store.setState({ [key]: { status: 'kept', log: name } }),
        (fault: unknown) => store.setState({ [key]: { status: 'failed', error: asServiceError(fault) } }),
      );
    },
  };
}
