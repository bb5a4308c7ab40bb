// Small timelines for tests: one task a run, times in µs, what is left out is unknown.

import type { TimelineView } from '../../../shared/api/views.ts';
import { Outcome } from '../../../shared/model/event.ts';

export interface RunInput {
  readonly pipeline: number;
  /** Runs of one pipeline with the same task number are of the same task; else each has its own. */
  readonly task?: number;
  readonly ready?: number;
  readonly start?: number;
  readonly end?: number;
  readonly finalized?: number;
  readonly published?: number;
  readonly deadline?: number;
  readonly outcome?: number;
  /** All of them, where there was more than one: number, start, end, and the outcome where it is not success. */
  readonly attempts?: readonly (readonly [number: number, start: number, end: number, outcome?: number])[];
}

export function timelineOf(runs: readonly RunInput[], toUs = 1_000): TimelineView {
  const column = (of: (run: RunInput) => number | undefined): Float64Array =>
    Float64Array.from(runs, (run) => of(run) ?? Number.NaN);
  const task = Int32Array.from(runs, (run, i) => run.task ?? i);
  const tasks = Math.max(0, ...task) + 1;
  const taskPipeline = new Int32Array(tasks);
  runs.forEach((run, i) => {
    taskPipeline[task[i]] = run.pipeline;
  });
  return {
    fromUs: 0,
    toUs,
    zone: 'UTC',
    taskNames: Array.from({ length: tasks }, (_, i) => `t${i}`),
    taskPipeline,
    poolNames: [],
    task,
    run: Int32Array.from(runs, () => 0),
    pool: Int32Array.from(runs, () => -1),
    deadlineUs: column((run) => run.deadline),
    times: {
      readyUs: column((run) => run.ready),
      queuedUs: column(() => undefined),
      startedUs: column((run) => run.start),
      endedUs: column((run) => run.end),
      finalizedUs: column((run) => run.finalized),
      publishedUs: column((run) => run.published),
      landedUs: column((run) => run.published ?? run.finalized),
      outcome: Uint8Array.from(runs, (run) => run.outcome ?? (run.end === undefined ? 0 : Outcome.success)),
      attempts: Uint8Array.from(runs, (run) => Math.max(1, ...(run.attempts ?? []).map(([number]) => number))),
      evidence: Uint8Array.from(runs, () => 0),
    },
    attempts: attemptsOf(runs),
    runLogicalKey: ['date=2025-12-24'],
    runPipeline: Int32Array.from([0]),
  };
}

function attemptsOf(runs: readonly RunInput[]): TimelineView['attempts'] {
  const rows = runs.flatMap(({ attempts = [] }, taskRun) =>
    attempts.map(([number, start, end, outcome = Outcome.success]) => ({ taskRun, number, start, end, outcome })),
  );
  return {
    taskRun: Int32Array.from(rows, (row) => row.taskRun),
    number: Int32Array.from(rows, (row) => row.number),
    queuedUs: Float64Array.from(rows, () => Number.NaN),
    startedUs: Float64Array.from(rows, (row) => row.start),
    endedUs: Float64Array.from(rows, (row) => row.end),
    landedUs: Float64Array.from(rows, () => Number.NaN),
    outcome: Uint8Array.from(rows, (row) => row.outcome),
    evidence: new Uint8Array(rows.length),
  };
}

export const namesOf = (count: number): { name: readonly string[] } => ({
  name: Array.from({ length: count }, (_, i) => `p${i}`),
});
