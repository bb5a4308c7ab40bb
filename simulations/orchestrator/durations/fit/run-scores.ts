// How unusual each duration of a run was, on one scale for all tasks: its rank among all durations of its task, as a
// standard normal score (van der Waerden's). Whatever a task's own distribution is, its scores are normal, so scores of
// different tasks can be compared. Only tasks with enough different durations have any.

import { normalQuantile } from '../../../../shared/base/random.ts';
import { EventKind, Outcome } from '../../../../shared/model/event.ts';
import type { Log } from '../../../../shared/model/log.ts';
import { FIT_VALUES_MIN } from './fit-distribution.ts';

type ObservedRuns = Pick<Log, 'chunks' | 'taskRuns' | 'runs' | 'names'>;

interface SeenDuration {
  readonly run: string;
  readonly valueUs: number;
}

/** By pipeline name and run: the scores of its task runs, where there are two or more. */
export function runScores(logs: readonly ObservedRuns[]): Map<string, number[][]> {
  const byTask = new Map<string, { readonly pipeline: string; readonly seen: SeenDuration[] }>();
  for (const [id, log] of logs.entries()) collect(log, id, byTask);
  const byPipeline = new Map<string, Map<string, number[]>>();
  for (const { pipeline, seen } of byTask.values())
    addScores(
      seen,
      entryOf(byPipeline, pipeline, () => new Map()),
    );
  return new Map(
    [...byPipeline].map(([pipeline, runs]) => [pipeline, [...runs.values()].filter((scores) => scores.length > 1)]),
  );
}

function collect(log: ObservedRuns, id: number, byTask: Map<string, { pipeline: string; seen: SeenDuration[] }>): void {
  const startedUs = new Float64Array(log.taskRuns.run.length).fill(Number.NaN);
  for (const { rows, kind, taskRun, timeUs, code } of log.chunks)
    for (let i = 0; i < rows; i++) {
      const row = taskRun[i];
      if (row < 0 || log.taskRuns.run[row] < 0) continue;
      if (kind[i] === EventKind.taskStarted) startedUs[row] = timeUs[i];
      const isEnd = kind[i] === EventKind.taskEnded && code[i] === Outcome.success && timeUs[i] >= startedUs[row];
      if (!isEnd) continue;
      const run = log.taskRuns.run[row];
      const pipeline = log.names.pipelines.name[log.runs.pipeline[run]];
      const task = `${pipeline}\n${log.names.tasks.name[log.taskRuns.task[row]]}`;
      const { seen } = entryOf(byTask, task, () => ({ pipeline, seen: [] }));
      seen.push({ run: `${id} ${run}`, valueUs: timeUs[i] - startedUs[row] });
    }
}

/** Equal durations share the middle of their ranks. */
function addScores(seen: readonly SeenDuration[], byRun: Map<string, number[]>): void {
  if (seen.length < FIT_VALUES_MIN) return;
  const sorted = [...seen].sort((a, b) => a.valueUs - b.valueUs);
  if (sorted[0].valueUs === sorted[sorted.length - 1].valueUs) return;
  for (let from = 0; from < sorted.length; ) {
    let end = from + 1;
    while (end < sorted.length && sorted[end].valueUs === sorted[from].valueUs) end++;
    const score = normalQuantile((from + end) / 2 / sorted.length);
    for (let i = from; i < end; i++) entryOf(byRun, sorted[i].run, () => []).push(score);
    from = end;
  }
}

function entryOf<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
