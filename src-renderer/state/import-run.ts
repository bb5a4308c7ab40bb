// One import at a time: its paths, progress, cancel and result. It lives beside the screens, so that leaving Sources
// neither stops nor forgets it.

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Client } from '../../shared/api/client.ts';
import type { ServiceError } from '../../shared/api/errors.ts';
import type { ImportProgress, ImportView } from '../../shared/api/views.ts';
import { type CancelSource, cancelSource } from '../../shared/base/cancel.ts';
import { asServiceError } from './resources.ts';

export type ImportState =
  | { readonly status: 'idle' }
  | { readonly status: 'running'; readonly paths: readonly string[]; readonly progress: ImportProgress }
  | { readonly status: 'done'; readonly result: ImportView }
  | { readonly status: 'cancelled' }
  | { readonly status: 'failed'; readonly error: ServiceError };

export interface ImportRun {
  readonly store: StoreApi<ImportState>;
  /** Does nothing while another import runs. */
  start(paths: readonly string[]): void;
  cancel(): void;
}

export function createImportRun(client: Client): ImportRun {
  const store = createStore<ImportState>(() => ({ status: 'idle' }));
  let source: CancelSource | null = null;

  const run = async (paths: readonly string[], signal: CancelSource['signal']): Promise<ImportState> => {
    const onProgress = (progress: ImportProgress): void => {
      if (!signal.cancelled) store.setState({ status: 'running', paths, progress }, true);
    };
    try {
      const result = await client.call('imports.run', { paths: [...paths] }, { signal, onProgress });
      return { status: 'done', result };
    } catch (fault) {
      const error = asServiceError(fault);
      return error.code === 'cancelled' ? { status: 'cancelled' } : { status: 'failed', error };
    }
  };
  return {
    store,
    start(paths) {
      if (store.getState().status === 'running') return;
      source = cancelSource();
      store.setState({ status: 'running', paths, progress: { step: 'Starting', share: Number.NaN } }, true);
      void run(paths, source.signal).then((state) => store.setState(state, true));
    },
    cancel: () => source?.cancel(),
  };
}
