// What of a host is alive: the receiver and the live log over the ledger's commands. Made and closed together.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { TopicHub } from '../../shared/api/channel/topic-hub.ts';
import type { LedgerCommands } from '../../shared/api/ledger.ts';
import { liveHere } from '../services/live/live-here.ts';
import { LiveLog } from '../services/live/live-log.ts';
import { Receiver } from '../services/receiver/receiver.ts';
import { LiveThread } from './workers/live-thread.ts';

export interface LiveParts {
  readonly live: LiveLog;
  readonly receiver: Receiver;
  close(): Promise<void>;
}

/** Before it is built, as when tests run from source, there is no thread: then the live log is kept in this one. */
export function liveParts(
  workspaceDir: string,
  ledger: LedgerCommands,
  topics: TopicHub,
  workersDir: string,
): LiveParts {
  const isBuilt = existsSync(join(workersDir, 'live-log.worker.js'));
  const live = new LiveLog(ledger, () => (isBuilt ? new LiveThread(workersDir) : liveHere()), topics);
  const receiver = new Receiver({ workspaceDir, ledger, live, topics });
  return {
    live,
    receiver,
    async close() {
      receiver.close();
      await live.close();
    },
  };
}
