// Observed nights of a landing, looked up in the logs of whoever has a workspace open: a few numbers, where the logs that
// they are in would take longer to hand over than to read.

import type { Log } from '../../../shared/model/log.ts';
import { historyLandings } from '../../../simulations/experiments/history-landings.ts';
import type { HistorySource } from './scenario-questions.ts';

export const nightsOf =
  (observed: () => Promise<readonly Log[]>): HistorySource =>
  async (target) =>
    historyLandings(await observed(), target);
