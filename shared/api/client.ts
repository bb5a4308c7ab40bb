// What a screen or a command holds: one typed call, one typed listen. Where the services are (this process, a worker,
// another process, a socket) is the channel's business.

import type { CancelSignal } from '../base/cancel.ts';
import type { AnswerOf, Method, ParamsOf, ProgressOf, Topic, Topics } from './contract.ts';

export interface CallOptions<M extends Method> {
  readonly signal?: CancelSignal;
  readonly onProgress?: (progress: ProgressOf<M>) => void;
}

export interface Client {
  /** Rejects with a ServiceError. Cancelling rejects with code `cancelled` and stops the work. */
  call<M extends Method>(method: M, params: ParamsOf<M>, options?: CallOptions<M>): Promise<AnswerOf<M>>;
  /** Calls back for every change from now on. Returns the way to stop. */
  listen<T extends Topic>(topic: T, listener: (value: Topics[T]) => void): () => void;
  /** Ends the connection; calls under way reject with code `closed`. */
  close(): void;
}

export interface CallContext<M extends Method> {
  readonly signal: CancelSignal;
  /**
   * Tells the caller. When the caller is slow the newest value replaces one that still waits; a handler that must lose
   * none awaits each.
   */
  progress(value: ProgressOf<M>): void | Promise<void>;
}

/** The services: one function a method. */
export type Handlers = {
  readonly [M in Method]: (params: ParamsOf<M>, context: CallContext<M>) => Promise<AnswerOf<M>>;
};

/** What the services tell unasked: the other half of what a channel serves. */
export interface TopicSource {
  /** Returns the way to stop. */
  listen<T extends Topic>(topic: T, listener: (value: Topics[T]) => void): () => void;
}
