// One client for the life of the page over connections that come and go: calls queue until there is one, listeners
// are registered again on each, and tries follow with back-off. What a screen holds never has to be replaced.

import { clientOver } from '../../shared/api/channel/client-over.ts';
import type { Protocol } from '../../shared/api/channel/protocol.ts';
import type { Client } from '../../shared/api/client.ts';
import type { Topic, Topics } from '../../shared/api/contract.ts';
import { ServiceError } from '../../shared/api/errors.ts';
import { backOffMs } from './back-off.ts';
import type { ConnectionCell } from './connection.ts';
import { PendingCalls } from './pending-calls.ts';

/** Opens one connection. `refused`: trying again is of no use before a person acts. */
export type Connect = () => Promise<Protocol | 'refused'>;

export interface ReconnectingClient extends Client {
  /** Tries at once instead of at the end of the wait; also after a refusal, when another tab may have got in. */
  retryNow(): void;
}

interface Listening {
  readonly start: (client: Client) => void;
  stop: () => void;
}

export function reconnectingClient(connect: Connect, connection: ConnectionCell): ReconnectingClient {
  const calls = new PendingCalls();
  const listenings = new Set<Listening>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let current: Client | null = null;
  let ended = false;

  const attempt = async (): Promise<void> => {
    clearTimeout(timer);
    connection.setState({ retryAtMs: null });
    try {
      const protocol = await connect();
      if (ended) return protocol === 'refused' ? undefined : protocol.close();
      if (protocol === 'refused') connection.setState({ status: 'refused' });
      else opened(protocol);
    } catch {
      lost();
    }
  };

  const opened = (protocol: Protocol): void => {
    const client = clientOver(protocol);
    protocol.onClose(() => {
      if (current === client) lost();
    });
    current = client;
    connection.setState({ status: 'open', attempt: 0 });
    for (const listening of listenings) listening.start(client);
    calls.use(client);
  };

  const lost = (): void => {
    current = null;
    calls.use(null);
    if (ended) return;
    const tries = connection.getState().attempt + 1;
    const waitMs = backOffMs(tries);
    connection.setState({ status: 'lost', attempt: tries, retryAtMs: performance.now() + waitMs });
    timer = setTimeout(() => void attempt(), waitMs);
  };

  void attempt();
  return {
    call: (method, params, options) => calls.call(method, params, options),
    listen: (topic, listener) => listen(listenings, current, topic, listener),
    retryNow: () => {
      const { status, retryAtMs } = connection.getState();
      if (!current && (retryAtMs !== null || status === 'refused')) void attempt();
    },
    close() {
      ended = true;
      clearTimeout(timer);
      current?.close();
      calls.end(new ServiceError({ code: 'closed', message: 'The page was closed.' }));
    },
  };
}

function listen<T extends Topic>(
  listenings: Set<Listening>,
  current: Client | null,
  topic: T,
  listener: (value: Topics[T]) => void,
): () => void {
  const listening: Listening = {
    start: (client) => {
      listening.stop = client.listen(topic, listener);
    },
    stop: () => {},
  };
  listenings.add(listening);
  if (current) listening.start(current);
  return () => {
    listenings.delete(listening);
    listening.stop();
  };
}
