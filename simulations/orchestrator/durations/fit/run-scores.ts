// How unusual each duration of a run was, on one scale for all tasks: its rank among all durations of its task, as a
// standard normal score (van der Waerden's). Whatever a task's own distribution is, its scores are normal, so scores of
// different tasks can be compared. Only tasks with enough different durations have any.

import { GrowableFloat64, GrowableInt32 } from '../../../../shared/base/growable.ts';
import { normalQuantile } from '../../../../shared/base/random.ts';
import { EventKind, Outcome } from '../../../../shared/model/event.ts';
import type { Log } from '../../../../shared/model/log.ts';
import { FIT_VALUES_MIN } from './fit-distribution.ts';

type ObservedRuns = Pick<Log, 'chunks' | 'taskRuns' | 'runs' | 'names'>;

/** Of one task: who ran it, and for how long. */
interface SeenTask {
  readonly pipeline: string;
  /** Runs, numbered over all logs. */
  readonly run: GrowableInt32;
  readonly valueUs: GrowableFloat64;
}

/** By pipeline name and run: the scores of its task runs, where there are two or more. */
export function runScores(logs: readonly ObservedRuns[]): Map<string, number[][]> {
  const byTask = new Map<string, SeenTask>();
  let runs = 0;
  for (const log of logs) {
    collect(log, runs, byTask);
    runs += log.runs.pipeline.length;
  }
  const byPipeline = new Map<string, Map<number, number[]>>();
  for (const seen of byTask.values())
    addScores(
      seen,
      entryOf(byPipeline, seen.pipeline, () => new Map()),
    );
  return new Map(
    [...byPipeline].map(([pipeline, scores]) => [pipeline, [...scores.values()].filter((own) => own.length > 1)]),
  );
}

function collect(log: ObservedRuns, firstRun: number, byTask: Map<string, SeenTask>): void {
  const startedUs = new Float64Array(log.taskRuns.run.length).fill(Number.NaN);
  const seenOf = tasksOf(log, byTask);
  for (const { rows, kind, taskRun, timeUs, code } of log.chunks)
    for (let i = 0; i < rows; i++) {
      const row = taskRun[i];
      if (row < 0 || log.taskRuns.run[row] < 0) continue;
      if (kind[i] === EventKind.taskStarted) startedUs[row] = timeUs[i];
      const isEnd = kind[i] === EventKind.taskEnded && code[i] === Outcome.success && timeUs[i] >= startedUs[row];
      if (!isEnd) continue;
      const seen = seenOf(log.taskRuns.task[row]);
      seen.run.push(firstRun + log.taskRuns.run[row]);
      seen.valueUs.push(timeUs[i] - startedUs[row]);
    }
}

/** The tasks of all logs by name, from the ids of one. */
function tasksOf({ names }: ObservedRuns, byTask: Map<string, SeenTask>): (task: number) => SeenTask {
  const known: (SeenTask | undefined)[] = [];
  return (task) => {
    const here = known[task];
    if (here !== undefined) return here;
    const pipeline = names.pipelines.name[names.tasks.pipeline[task]];
    const seen = entryOf(byTask, `${pipeline}\n${names.tasks.name[task]}`, () => ({
      pipeline,
      run: new GrowableInt32(),
      valueUs: new GrowableFloat64(),
    }));
    known[task] = seen;
    return seen;
  };
}

/** Equal durations share the middle of their ranks. */
function addScores({ run, valueUs }: SeenTask, byRun: Map<number, number[]>): void {
  const values = valueUs.finish();
  if (values.length < FIT_VALUES_MIN) return;
  const order = Int32Array.from(values, (_, i) => i).sort((a, b) => values[a] - values[b]);
  if (values[order[0]] === values[order[order.length - 1]]) return;
  for (let from = 0; from < order.length; ) {
    let end = from + 1;
    while (end < order.length && values[order[end]] === values[order[from]]) end++;
    const score = normalQuantile((from + end) / 2 / order.length);
    for (let i = from; i < end; i++) entryOf(byRun, run.at(order[i]), () => []).push(score);
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
