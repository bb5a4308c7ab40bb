// What arrives: the receiver's state and how far the live log has grown, as told. A log that grows is asked for again
// when it is told of, one refresh at a time; what comes meanwhile is one more refresh after it.

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Client } from '../../shared/api/client.ts';
import type { LogChanged, ReceiverView } from '../../shared/api/views-live.ts';
import type { Connection } from '../client/connection.ts';
import type { Resources } from './resources.ts';
import { asServiceError } from './resources.ts';
import type { WorkspaceStore } from './workspace.ts';

export interface Live {
  /** null until it was asked for. */
  readonly receiver: ReceiverView | null;
  /** The last growth of each log that grows. */
  readonly grown: Readonly<Record<string, LogChanged>>;
  /** Why the receiver could not be switched, or "". */
  readonly refusal: string;
}

export interface LiveStore extends StoreApi<Live> {
  switchReceiver(on: boolean): void;
}

export function liveStore(
  client: Client,
  connection: StoreApi<Connection>,
  resources: Pick<Resources, 'refresh'>,
  workspace: Pick<WorkspaceStore, 'refresh'>,
): LiveStore {
  const store = createStore<Live>(() => ({ receiver: null, grown: {}, refusal: '' }));
  const refreshing = new OneAtATime((log) => resources.refresh(log));
  const ask = async (): Promise<void> => {
    try {
      store.setState({ receiver: await client.call('receiver.get', {}) });
    } catch {
      // Without a connection nothing is known; it is asked again with the next one.
    }
  };
  client.listen('receiver.changed', (receiver) => store.setState({ receiver }));
  client.listen('log.changed', (change) => {
    store.setState(({ grown }) => ({ grown: { ...grown, [change.log]: change } }));
    workspace.refresh();
    refreshing.run(change.log);
  });
  connection.subscribe((now, before) => {
    if (now.status === 'open' && before.status !== 'open') void ask();
  });
  void ask();
  return {
    ...store,
    switchReceiver(on) {
      client.call('receiver.switch', { on }).then(
        (receiver) => store.setState({ receiver, refusal: '' }),
        (fault: unknown) => store.setState({ refusal: asServiceError(fault).message }),
      );
    },
  };
}

/** Work by name: never twice at the same time, and once more when it was asked for meanwhile. */
class OneAtATime {
  readonly #work: (name: string) => Promise<void>;
  readonly #again = new Map<string, boolean>();

  constructor(work: (name: string) => Promise<void>) {
    this.#work = work;
  }

  run(name: string): void {
    if (this.#again.has(name)) {
      this.#again.set(name, true);
      return;
    }
    this.#again.set(name, false);
    void this.#loop(name);
  }

  async #loop(name: string): Promise<void> {
    await this.#work(name);
    const isWanted = this.#again.get(name) === true;
    this.#again.delete(name);
    if (isWanted) this.run(name);
  }
}
