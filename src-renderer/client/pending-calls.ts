// Calls that wait for a connection or for an answer. A read whose connection broke is sent again; a call that changes
// something is not: nobody knows whether it arrived.

import type { CallOptions, Client } from '../../shared/api/client.ts';
import type { AnswerOf, Method, ParamsOf } from '../../shared/api/contract.ts';
import { ServiceError } from '../../shared/api/errors.ts';

const CHANGES: ReadonlySet<Method> = new Set<Method>(['log.remove', 'imports.run', 'receiver.switch']);

interface Pending {
  send(client: Client): void;
  fail(error: ServiceError): void;
}

export class PendingCalls {
  readonly #waiting = new Set<Pending>();
  #client: Client | null = null;
  #ended = false;

  /** Sends at once when connected, else when `use` is next called. */
  call<M extends Method>(method: M, params: ParamsOf<M>, options: CallOptions<M> = {}): Promise<AnswerOf<M>> {
    return new Promise((resolve, reject) => {
      const stopListening = options.signal?.onCancel(() => {
        if (this.#waiting.delete(pending)) reject(new ServiceError({ code: 'cancelled', message: 'Cancelled.' }));
      });
      const fail = (error: unknown): void => {
        stopListening?.();
        reject(error);
      };
      const done = (answer: AnswerOf<M>): void => {
        stopListening?.();
        resolve(answer);
      };
      const pending: Pending = {
        fail,
        send: (client) => {
          client.call(method, params, options).then(done, (error: unknown) => {
            const broke = error instanceof ServiceError && error.code === 'closed';
            if (broke && !CHANGES.has(method) && !this.#ended) this.#sendAgain(pending, client);
            else fail(error);
          });
        },
      };
      this.#enqueue(pending);
    });
  }

  /** The connection to send on from now; null while there is none. */
  use(client: Client | null): void {
    this.#client = client;
    if (!client) return;
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const pending of waiting) pending.send(client);
  }

  /** Everything that waits fails. */
  end(error: ServiceError): void {
    this.#client = null;
    this.#ended = true;
    for (const pending of this.#waiting) pending.fail(error);
    this.#waiting.clear();
  }

  /** The answer may say "closed" before the connection does: the broken client is never used again. */
  #sendAgain(pending: Pending, broken: Client): void {
    if (this.#client === broken) this.#client = null;
    this.#enqueue(pending);
  }

  #enqueue(pending: Pending): void {
    if (this.#client) pending.send(this.#client);
    else this.#waiting.add(pending);
  }
}
