// Whether a reader waits for what it reads, as the catalog declares it. What the catalog does not know counts as waiting:
// then its reads are left as they were recorded.

import type { LogCatalog } from '../../../shared/analysis/why/log-catalog.ts';
import type { Log } from '../../../shared/model/log.ts';

export function declaredReads(log: Log, join: LogCatalog): (taskRun: number, dataset: number) => boolean {
  const { task, dataset, declared } = join.catalog.reads;
  const free = new Set<string>();
  for (let row = 0; row < task.length; row++)
    if (declared[row] === 0) free.add(`${join.logTaskOf[task[row]]} ${join.logDatasetOf[dataset[row]]}`);
  return (taskRun, logDataset) => taskRun < 0 || !free.has(`${log.taskRuns.task[taskRun]} ${logDataset}`);
}
