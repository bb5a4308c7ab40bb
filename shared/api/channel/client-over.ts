// The caller's end of a channel. Answers may come in any order; a call that was cancelled is over at once here, whatever
// the other side still does. When the connection ends every call rejects with `closed`, and so does each later one.
// Credit is given back after a listener has seen a value, so a slow screen holds back the sender and not its memory.

import { LIMITS } from '../../base/limits.ts';
import type { CallOptions, Client } from '../client.ts';
import type { AnswerOf, Method, ParamsOf, ProgressOf, Topic, Topics } from '../contract.ts';
import { ServiceError } from '../errors.ts';
import { cancelledError, closedError, errorData } from './faults.ts';
import { decodeFrame, encodeFrame } from './frame.ts';
import { type ClientMessage, readServerMessage, type ServerMessage } from './messages.ts';
import type { Protocol } from './protocol.ts';

/** Values that may be under way to one listener. */
const WINDOW = 8;

interface Waiting {
  part(value: unknown): void;
  answer(value: unknown): void;
  fail(error: ServiceError): void;
}

export function clientOver(protocol: Protocol): Client {
  return new ChannelClient(protocol);
}

class ChannelClient implements Client {
  readonly #protocol: Protocol;
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;
  #ended = false;

  constructor(protocol: Protocol) {
    this.#protocol = protocol;
    protocol.onClose(() => this.#end());
    protocol.onMessage((bytes) => this.#receive(bytes));
  }

  call<M extends Method>(method: M, params: ParamsOf<M>, options: CallOptions<M> = {}): Promise<AnswerOf<M>> {
    const { signal, onProgress } = options;
    if (this.#ended) return Promise.reject(closedError());
    if (signal?.cancelled) return Promise.reject(cancelledError());
    const id = ++this.#lastId;
    return new Promise<AnswerOf<M>>((resolve, reject) => {
      const stopWatching = signal?.onCancel(() => {
        this.#send({ kind: 'cancel', id });
        this.#waiting.get(id)?.fail(cancelledError());
      });
      const settle = (): void => {
        this.#waiting.delete(id);
        stopWatching?.();
      };
      this.#waiting.set(id, {
        part: (value) => onProgress?.(value as ProgressOf<M>),
        answer: (value) => {
          settle();
          resolve(value as AnswerOf<M>);
        },
        fail: (error) => {
          settle();
          reject(error);
        },
      });
      this.#sendCall({ kind: 'call', id, method, params, credit: onProgress ? WINDOW : 0 });
    });
  }

  listen<T extends Topic>(topic: T, listener: (value: Topics[T]) => void): () => void {
    if (this.#ended) return () => {};
    const id = ++this.#lastId;
    const forget = (): void => void this.#waiting.delete(id);
    this.#waiting.set(id, { part: (value) => listener(value as Topics[T]), answer: forget, fail: forget });
    this.#send({ kind: 'listen', id, topic, credit: WINDOW });
    return () => {
      if (this.#waiting.delete(id)) this.#send({ kind: 'unlisten', id });
    };
  }

  close(): void {
    this.#end();
    this.#protocol.close();
  }

  #receive(bytes: Uint8Array): void {
    if (this.#ended) return;
    const frame = decodeFrame(bytes, LIMITS.frameBytes);
    const message = frame.ok ? readServerMessage(frame.value) : null;
    if (message) this.#take(message);
    else this.close();
  }

  #take(message: ServerMessage): void {
    const waiting = this.#waiting.get(message.id);
    // Unknown numbers are answers to calls that were cancelled meanwhile.
    if (!waiting) return;
    if (message.kind === 'answer') return waiting.answer(message.value);
    if (message.kind === 'error') return waiting.fail(new ServiceError(message.error));
    try {
      waiting.part(message.value);
    } finally {
      if (this.#waiting.has(message.id)) this.#send({ kind: 'credit', id: message.id, count: 1 });
    }
  }

  /** Parameters that cannot be sent fail their own call and nothing else. */
  #sendCall(message: ClientMessage & { kind: 'call' }): void {
    try {
      this.#send(message);
    } catch (fault) {
      const data = errorData(fault);
      const code = data.code === 'failed' ? 'bad-request' : data.code;
      this.#waiting.get(message.id)?.fail(new ServiceError({ ...data, code }));
    }
  }

  #send(message: ClientMessage): void {
    if (!this.#ended) this.#protocol.send(encodeFrame(message, LIMITS.requestBytes));
  }

  #end(): void {
    if (this.#ended) return;
    this.#ended = true;
    for (const waiting of this.#waiting.values()) waiting.fail(closedError());
    this.#waiting.clear();
  }
}
