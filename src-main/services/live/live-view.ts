// The live log in a list of logs: what an imported one says of itself in its manifest.

import type { LogView } from '../../../shared/api/views.ts';
import { eventCount, type Log } from '../../../shared/model/log.ts';

export function liveView(log: Log): LogView {
  const { fromUs, toUs } = spanOf(log);
  return {
    name: log.name,
    title: log.title,
    source: log.source,
    zone: log.zone,
    fromUs,
    toUs,
    pipelines: log.names.pipelines.name.length,
    tasks: log.names.tasks.name.length,
    datasets: log.names.datasets.name.length,
    runs: log.runs.runId.length,
    taskRuns: log.taskRuns.task.length,
    events: eventCount(log),
    importedFrom: '',
    isLive: true,
  };
}

/** First and last known time; NaN when none is. Events are in order of time, unknown ones last. */
function spanOf({ chunks }: Pick<Log, 'chunks'>): { fromUs: number; toUs: number } {
  const fromUs = chunks[0]?.timeUs[0] ?? Number.NaN;
  for (const { timeUs, rows } of chunks.toReversed()) {
    for (let i = rows - 1; i >= 0; i--) if (!Number.isNaN(timeUs[i])) return { fromUs, toUs: timeUs[i] };
  }
  return { fromUs, toUs: Number.NaN };
}
