// The services' end of a channel: one a connection. Everything that arrives is checked: the frame, the message, the
// method, its parameters. What is no message ends the connection; what is a wrong call gets an error. When the connection
// ends, its calls are cancelled and its subscriptions stop. It never trusts the other side to be patient or polite:
// calls, subscriptions, frame sizes and waiting values are limited.

import { type CancelSource, cancelSource } from '../../base/cancel.ts';
import { LIMITS } from '../../base/limits.ts';
import type { CallContext, Handlers, TopicSource } from '../client.ts';
import { CONTRACT, type Method, TOPICS, type Topic } from '../contract.ts';
import { ServiceError } from '../errors.ts';
import { errorData } from './faults.ts';
import { Flow } from './flow.ts';
import { decodeFrame, encodeFrame } from './frame.ts';
import { type ClientMessage, readClientMessage, type ServerMessage } from './messages.ts';
import type { Protocol } from './protocol.ts';

/** Calls and subscriptions of one connection at a time. */
const OPEN_LIMIT = 256;

export interface ServeOptions {
  /** A request larger than this ends the connection. Default: LIMITS.requestBytes. */
  readonly requestLimitBytes?: number;
  /** Told of faults that the caller sees only a line of, and of connections that were refused. Never throws. */
  readonly onFault?: (fault: unknown, where: string) => void;
}

interface Open {
  readonly flow: Flow<unknown>;
  stop(): void;
}

export function serveOver(
  protocol: Protocol,
  handlers: Handlers,
  topics: TopicSource,
  options: ServeOptions = {},
): void {
  const session = new Session(protocol, handlers, topics, options);
  protocol.onClose(() => session.end());
  protocol.onMessage((bytes) => session.receive(bytes));
}

class Session {
  readonly #protocol: Protocol;
  readonly #handlers: Handlers;
  readonly #topics: TopicSource;
  readonly #options: ServeOptions;
  readonly #open = new Map<number, Open>();
  /** Handlers at work, those of cancelled calls too. */
  #running = 0;
  #ended = false;

  constructor(protocol: Protocol, handlers: Handlers, topics: TopicSource, options: ServeOptions) {
    this.#protocol = protocol;
    this.#handlers = handlers;
    this.#topics = topics;
    this.#options = options;
  }

  receive(bytes: Uint8Array): void {
    if (this.#ended) return;
    const frame = decodeFrame(bytes, this.#options.requestLimitBytes ?? LIMITS.requestBytes);
    if (!frame.ok) return this.#refuse(frame.error);
    const message = readClientMessage(frame.value);
    if (!message) return this.#refuse('not a message');
    this.#obey(message);
  }

  end(): void {
    this.#ended = true;
    for (const id of this.#open.keys()) this.#stop(id);
  }

  #obey(message: ClientMessage): void {
    if (message.kind === 'credit') return this.#open.get(message.id)?.flow.grant(message.count);
    if (message.kind === 'cancel' || message.kind === 'unlisten') return this.#stop(message.id);
    if (this.#open.has(message.id)) return this.#refuse('a number that is in use');
    if (Math.max(this.#open.size, this.#running) >= OPEN_LIMIT) return this.#fail(message.id, tooManyCalls());
    if (message.kind === 'listen') return this.#listen(message.id, message.topic, message.credit);
    void this.#call(message);
  }

  async #call({ id, method, params, credit }: ClientMessage & { kind: 'call' }): Promise<void> {
    const source = cancelSource();
    const flow = this.#flow(id, credit);
    this.#open.set(id, { flow, stop: source.cancel });
    this.#running++;
    try {
      const value = await this.#handle(method, params, source, flow);
      if (source.signal.cancelled) return;
      flow.flush();
      this.#open.delete(id);
      this.#send({ kind: 'answer', id, value });
    } catch (fault) {
      if (source.signal.cancelled) return;
      if (!(fault instanceof ServiceError)) this.#options.onFault?.(fault, method);
      this.#fail(id, fault);
    } finally {
      this.#running--;
      flow.end();
    }
  }

  #handle(method: string, params: unknown, source: CancelSource, flow: Flow<unknown>): Promise<unknown> {
    if (!isMethod(method)) throw badRequest(`there is no method ${quote(method)}`);
    const checked = CONTRACT[method].params.safeParse(params);
    if (!checked.success) {
      const [issue] = checked.error.issues;
      throw badRequest(issue?.message ?? 'wrong parameters', issue?.path.join('.'));
    }
    const context: CallContext<Method> = {
      signal: source.signal,
      progress: (value: unknown) => flow.offer(value),
    };
    // The schema that belongs to the method has just accepted the parameters; the checker cannot follow that pairing.
    const handler = this.#handlers[method] as (params: unknown, context: CallContext<Method>) => Promise<unknown>;
    return handler(checked.data, context);
  }

  #listen(id: number, topic: string, credit: number): void {
    if (!isTopic(topic)) return this.#fail(id, badRequest(`there is no topic ${quote(topic)}`));
    const flow = this.#flow(id, credit);
    this.#open.set(id, { flow, stop: this.#topics.listen(topic, (value) => void flow.offer(value)) });
  }

  /** Parts of a call or subscription on their way out. One that cannot be sent ends it. */
  #flow(id: number, credit: number): Flow<unknown> {
    return new Flow<unknown>(credit, (value) => {
      try {
        this.#send({ kind: 'part', id, value });
      } catch (fault) {
        this.#options.onFault?.(fault, 'a value on its way to a listener');
        this.#stop(id);
        this.#fail(id, fault);
      }
    });
  }

  #stop(id: number): void {
    const open = this.#open.get(id);
    if (!open) return;
    this.#open.delete(id);
    open.flow.end();
    open.stop();
  }

  #fail(id: number, fault: unknown): void {
    this.#open.delete(id);
    this.#send({ kind: 'error', id, error: errorData(fault) });
  }

  #send(message: ServerMessage): void {
    if (!this.#ended) this.#protocol.send(encodeFrame(message));
  }

  #refuse(reason: string): void {
    this.#options.onFault?.(new Error(`a connection was ended: ${reason}`), 'channel');
    this.end();
    this.#protocol.close();
  }
}

const isMethod = (method: string): method is Method => Object.hasOwn(CONTRACT, method);
const isTopic = (topic: string): topic is Topic => Object.hasOwn(TOPICS, topic);
const quote = (text: string): string => JSON.stringify(text.slice(0, 100));

const badRequest = (message: string, place?: string): ServiceError =>
  new ServiceError({ code: 'bad-request', message, ...(place ? { place } : {}) });

const tooManyCalls = (): ServiceError =>
  new ServiceError({ code: 'too-large', message: `more than ${OPEN_LIMIT} calls at a time`, hint: 'wait for answers' });
