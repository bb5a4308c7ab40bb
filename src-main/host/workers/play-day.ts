// Plays a reference day and writes it down as a simulated log. A reference day has no date, so its log starts at
// 2000-01-01T00:00:00Z by convention, and its partitions are unpartitioned tables.

import { epochUsOfMs } from '../../../shared/base/time.ts';
import type { Log } from '../../../shared/model/log.ts';
import { logOfDay } from '../../../simulations/orchestrator/day-log.ts';
import { createDayPlayer } from '../../../simulations/orchestrator/reference-day.ts';
import type { PlayDay } from './job.ts';

const DAY_START_US = epochUsOfMs(946_684_800_000);

export function playDay({ name, catalog, day }: PlayDay): Log {
  const player = createDayPlayer(day);
  player.play();
  return logOfDay({
    header: {
      name,
      source: 'simulated',
      title: `Reference day ${name}, as the simulator played it`,
      zone: 'UTC',
      landing: 'finalized',
    },
    catalog,
    day,
    answer: player.answer(),
    startUs: DAY_START_US,
    partitionKey: '',
    previousKey: '',
  });
}
