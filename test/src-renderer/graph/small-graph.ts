// A graph small enough to read: four pipelines in two domains with three datasets between them.
//
//   ingest    events_raw -> [events] -> sessions (features)     declared
//                           [events] -> train (features)        undeclared
//   features  sessions -> [sessions] -> user_daily -> [user_daily]

import type { GraphView } from '../../../shared/api/views.ts';

export const SMALL: GraphView = {
  pipelines: {
    namespace: ['n', 'n', 'n', 'n'],
    name: ['ingest.events_raw', 'features.sessions', 'features.user_daily', 'features.train'],
    domain: ['ingest', 'features', 'features', 'features'],
    owner: ['', '', '', ''],
    schedule: ['@daily', '', '0 2 * * *', '45 0 * * *'],
    taskCount: Int32Array.of(3, 1, 12, 2),
    hasDeadline: Uint8Array.of(0, 0, 1, 0),
  },
  datasets: { namespace: ['w', 'w', 'w'], name: ['events', 'features.sessions', 'features.user_daily'] },
  writes: { pipeline: Int32Array.of(0, 1, 2), dataset: Int32Array.of(0, 1, 2) },
  reads: { pipeline: Int32Array.of(1, 3, 2), dataset: Int32Array.of(0, 0, 1), declared: Uint8Array.of(1, 0, 1) },
  direct: { from: new Int32Array(), to: new Int32Array() },
};

/** Its nodes by name. */
export const NODE = { eventsRaw: 0, sessions: 1, userDaily: 2, train: 3, events: 4, sessionsData: 5, userDailyData: 6 };
