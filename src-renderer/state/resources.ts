// Answers of the services by method and parameters: loaded once, shared by whoever shows them, kept for the last few
// logs. An answer is immutable for a log of one content, so only a changed set of logs drops any. A log that grows is
// asked again: its old answers stay until all the new ones are there, and what did not change stays the same object.

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Client } from '../../shared/api/client.ts';
import type { AnswerOf, Method, ParamsOf } from '../../shared/api/contract.ts';
import { ServiceError } from '../../shared/api/errors.ts';
import { nextTask } from '../widgets/next-task.ts';
import { sameAnswer } from './same-answer.ts';

export type ReadMethod = Exclude<Method, 'log.remove' | 'imports.run' | 'receiver.switch' | 'sql.run' | 'sql.save'>;

export type Resource<T> =
  | { readonly status: 'loading' }
  | { readonly status: 'ready'; readonly value: T }
  | { readonly status: 'error'; readonly error: ServiceError };

export const LOADING: Resource<never> = { status: 'loading' };

/** Logs whose answers are kept. */
const LOGS_KEPT = 4;

export interface Resources {
  readonly store: StoreApi<Readonly<Record<string, Resource<unknown>>>>;
  /** Starts loading what a key names unless it is there or under way. */
  loadKey(key: string): void;
  /** Loads again, after an error. */
  retry<M extends ReadMethod>(method: M, params: ParamsOf<M>): void;
  read<M extends ReadMethod>(method: M, params: ParamsOf<M>): Resource<AnswerOf<M>>;
  /** The answer once it is there, loading it when nobody did; rejects with a ServiceError. */
  whenReady<M extends ReadMethod>(method: M, params: ParamsOf<M>): Promise<AnswerOf<M>>;
  /** Asks again for whatever is known of a log that has grown; all of it changes at once. */
  refresh(log: string): Promise<void>;
  /** Drops the answers of every log that is not among these. */
  keepOnly(logs: ReadonlySet<string>): void;
}

/** Method and parameters as one text, and back. */
export const resourceKey = (method: Method, params: unknown): string => `${method} ${JSON.stringify(params)}`;

function parseKey(key: string): [ReadMethod, ParamsOf<ReadMethod>] {
  const end = key.indexOf(' ');
  return [key.slice(0, end) as ReadMethod, JSON.parse(key.slice(end + 1)) as ParamsOf<ReadMethod>];
}

export function createResources(client: Client): Resources {
  const store = createStore<Readonly<Record<string, Resource<unknown>>>>(() => ({}));
  const recent = new RecentLogs();
  const put = (key: string, value: Resource<unknown>): void => store.setState({ [key]: value });
  /** Reading a large answer is one task, showing it another. */
  const call = async <M extends ReadMethod>(method: M, params: ParamsOf<M>): Promise<AnswerOf<M>> => {
    const value = await client.call(method, params);
    await nextTask();
    return value;
  };
  const drop = (logs: ReadonlySet<string>): void => {
    const kept = Object.entries(store.getState()).filter(([key]) => !logs.has(logOfKey(key) ?? ''));
    store.setState(Object.fromEntries(kept), true);
  };

  const retry = <M extends ReadMethod>(method: M, params: ParamsOf<M>): void => {
    const key = resourceKey(method, params);
    put(key, LOADING);
    const dropped = recent.touch(logOfParams(params));
    if (dropped !== null) drop(new Set([dropped]));
    call(method, params).then(
      (value) => {
        if (key in store.getState()) put(key, { status: 'ready', value });
      },
      (error: unknown) => put(key, { status: 'error', error: asServiceError(error) }),
    );
  };
  /** null where the answer did not change or did not come. */
  const asked = async (key: string): Promise<readonly [string, Resource<unknown>] | null> => {
    const known = store.getState()[key];
    try {
      const value = await call(...parseKey(key));
      return known?.status === 'ready' && sameAnswer(known.value, value) ? null : [key, { status: 'ready', value }];
    } catch {
      // What is shown is older than it could be; the next change asks again.
      return null;
    }
  };
  const refresh = async (log: string): Promise<void> => {
    const keys = Object.keys(store.getState()).filter((key) => logOfKey(key) === log);
    const settledKeys = keys.filter((key) => store.getState()[key]?.status !== 'loading');
    const changed = (await Promise.all(settledKeys.map(asked))).filter((entry) => entry !== null);
    const still = changed.filter(([key]) => key in store.getState());
    if (still.length > 0) store.setState(Object.fromEntries(still));
  };
  const loadKey = (key: string): void => {
    if (!(key in store.getState())) retry(...parseKey(key));
  };
  return {
    store,
    retry,
    refresh,
    loadKey,
    whenReady<M extends ReadMethod>(method: M, params: ParamsOf<M>): Promise<AnswerOf<M>> {
      const key = resourceKey(method, params);
      loadKey(key);
      return settled(store, key) as Promise<AnswerOf<M>>;
    },
    read: (method, params) =>
      (store.getState()[resourceKey(method, params)] ?? LOADING) as Resource<AnswerOf<typeof method>>,
    keepOnly(logs) {
      const gone = recent.all().filter((log) => !logs.has(log));
      for (const log of gone) recent.forget(log);
      if (gone.length > 0) drop(new Set(gone));
    },
  };
}

/** Waits until a resource is no longer loading. One that is dropped meanwhile was of a log that is gone. */
function settled(store: Resources['store'], key: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const look = (): boolean => {
      const state = store.getState()[key] ?? GONE;
      if (state.status === 'ready') resolve(state.value);
      else if (state.status === 'error') reject(state.error);
      return state.status !== 'loading';
    };
    if (look()) return;
    const stop = store.subscribe(() => {
      if (look()) stop();
    });
  });
}

const GONE: Resource<never> = {
  status: 'error',
  error: new ServiceError({ code: 'not-found', message: 'The log is no longer there.' }),
};

class RecentLogs {
  readonly #logs: string[] = [];

  /** Makes a log the most recent one; gives the log that is now one too many. */
  touch(log: string | null): string | null {
    if (log === null) return null;
    this.forget(log);
    this.#logs.push(log);
    return this.#logs.length > LOGS_KEPT ? (this.#logs.shift() ?? null) : null;
  }
  forget(log: string): void {
    const at = this.#logs.indexOf(log);
    if (at >= 0) this.#logs.splice(at, 1);
  }
  all(): readonly string[] {
    return [...this.#logs];
  }
}

const logOfParams = (params: unknown): string | null =>
  typeof params === 'object' && params !== null && 'log' in params ? String(params.log) : null;

const logOfKey = (key: string): string | null => logOfParams(parseKey(key)[1]);

export function asServiceError(error: unknown): ServiceError {
  if (error instanceof ServiceError) return error;
  return new ServiceError({ code: 'failed', message: error instanceof Error ? error.message : String(error) });
}
