// Reads and checks a reference day (REFERENCE_DAY): pools.csv, tasks.csv, deps.csv and params.json of one folder. Gives
// the day, or every reason why there is none; it never throws on bad input. All reasons of one stage are given, and a
// later stage runs only on what the earlier ones found good. Memory is the columns: 45 bytes a task and dependency.

import { createHash } from 'node:crypto';
import { basename, join, resolve } from 'node:path';
import type { ReferenceDay } from '../../../shared/model/reference-day.ts';
import { type ProblemCounts, ProblemList } from '../problem-list.ts';
import { checkGraph } from './check-graph.ts';
import { checkDependencies, checkPipelines, checkPools, checkTasks } from './check-values.ts';
import { type DenseTable, denseRows } from './dense-rows.ts';
import type { IntegerTable } from './integer-csv.ts';
import { type DayParams, readParams } from './read-params.ts';
import { type DaySink, readTable } from './read-table.ts';

export const DAY_FILES = ['pools.csv', 'tasks.csv', 'deps.csv', 'params.json'] as const;

export interface DayReading extends ProblemCounts {
  /** Null when there is a problem that is an error. */
  readonly day: ReferenceDay | null;
  /** The folder's own name. */
  readonly name: string;
  /** SHA-256 of the four files' bytes one after the other, 64 hex digits; "" when it was not asked for. */
  readonly contentHash: string;
}

export async function readDayFolder(dir: string, options: { readonly hash?: boolean } = {}): Promise<DayReading> {
  const problems = new ProblemList();
  const sink: DaySink = { problems, hash: options.hash ? createHash('sha256') : null };
  const files = new DayFiles(dir, problems);
  const pools = await readTable(files.pools, ['pool', 'slots'], sink);
  const tasks = await readTable(files.tasks, TASK_COLUMNS, sink);
  const deps = await readTable(files.deps, ['task', 'upstream', 'kind'], sink);
  const params = await readParams(files.params, sink);
  const isComplete = pools !== null && tasks !== null && deps !== null && params !== null && problems.errorCount === 0;
  const day = isComplete ? files.check(pools, tasks, deps, params) : null;
  return {
    day: problems.errorCount === 0 ? day : null,
    name: basename(resolve(dir)),
    contentHash: sink.hash?.digest('hex') ?? '',
    problems: problems.problems,
    problemCount: problems.problemCount,
    errorCount: problems.errorCount,
  };
}

const TASK_COLUMNS = [
  'task',
  'pipeline',
  'release_ms',
  'duration_ms',
  'pool',
  'priority',
  'finalize_ms',
  'deadline_ms',
] as const;

/** The files of one day, and the checks that need more than one of them. */
class DayFiles {
  readonly pools: string;
  readonly tasks: string;
  readonly deps: string;
  readonly params: string;
  readonly #problems: ProblemList;

  constructor(dir: string, problems: ProblemList) {
    [this.pools, this.tasks, this.deps, this.params] = DAY_FILES.map((name) => join(dir, name)) as [
      string,
      string,
      string,
      string,
    ];
    this.#problems = problems;
  }

  check(poolRows: IntegerTable, taskRows: IntegerTable, deps: IntegerTable, params: DayParams): ReferenceDay | null {
    const problems = this.#problems;
    const pools = denseRows(poolRows, 'pool', this.pools, problems);
    const tasks = denseRows(taskRows, 'task', this.tasks, problems);
    if (pools === null || tasks === null) return null;
    if (tasks.count === 0) problems.error(this.tasks, 1, 'there is no task');
    checkPools(pools, { file: this.pools, problems });
    checkTasks(tasks, pools, { file: this.tasks, problems });
    checkPipelines(tasks, { file: this.tasks, problems });
    checkDependencies(deps, tasks.count, { file: this.deps, problems });
    if (problems.errorCount > 0) return null;
    const day = dayOf(pools, tasks, deps, params);
    checkGraph(day, {
      tasks: { file: this.tasks, problems },
      deps: { file: this.deps, problems },
      lineOfTask: (task) => tasks.lineOf(task),
    });
    return day;
  }
}

function dayOf(pools: DenseTable, tasks: DenseTable, deps: IntegerTable, params: DayParams): ReferenceDay {
  const [pipeline, releaseMs, durationMs, pool, priority, finalizeMs, deadlineMs] = tasks.columns;
  const [depTask, depUpstream, depKind] = deps.columns;
  const [poolSlots] = pools.columns;
  return {
    taskCount: tasks.count,
    pipeline,
    releaseMs,
    durationMs,
    pool,
    priority,
    finalizeMs,
    deadlineMs,
    poolSlots,
    depTask,
    depUpstream,
    depKind: new Uint8Array(depKind),
    publishMs: params.publishMs,
    dispatchMs: params.dispatchMs,
  };
}
