// Workflows while the rows of the three tables come in, in this order: workflows, tasks, edges. A row that cannot be
// taken is a located problem; a workflow that a task or an edge was lost of, or that waits for itself, is left out,
// since its critical path would be a wrong one.

import { MS_PER_SECOND } from '../../../shared/base/time.ts';
import { findCycle } from '../../../shared/model/cycle.ts';
import type { ProblemList } from '../problem-list.ts';
import { quote } from '../text/quote.ts';
import { parseExecutionTime } from './execution-time.ts';
import type { TextRow, TextTable } from './text-table.ts';

export const WORKFLOW_COLUMNS = ['workflow', 'system', 'application', 'tasks', 'makespan_s', 'executed_at'];
export const TASK_COLUMNS = ['workflow', 'task_id', 'runtime_s'];
export const EDGE_COLUMNS = ['workflow', 'parent', 'child'];
/** 12.4 days: what the simulator can play. */
const TIME_MAX_S = 1_073_741;

export interface WorkflowDraft {
  readonly name: string;
  readonly application: string;
  readonly executedAtMs: number;
  readonly makespanMs: number;
  readonly taskCount: number;
  readonly taskIds: Map<string, number>;
  readonly runtimeMs: number[];
  readonly parent: number[];
  readonly child: number[];
  /** A task or an edge of it could not be read. */
  isBroken: boolean;
}

export class WorkflowDrafts {
  readonly #drafts = new Map<string, WorkflowDraft>();
  readonly #problems: ProblemList;

  constructor(problems: ProblemList) {
    this.#problems = problems;
  }

  addWorkflows({ file, rows }: TextTable): void {
    for (const row of rows) this.#note(file, row.line, this.#workflow(row));
  }

  addTasks({ file, rows }: TextTable): void {
    for (const row of rows) this.#note(file, row.line, this.#task(row));
  }

  addEdges({ file, rows }: TextTable): void {
    for (const row of rows) this.#note(file, row.line, this.#edge(row));
  }

  /** Those that are whole, in the order they came. */
  finish(): readonly WorkflowDraft[] {
    return [...this.#drafts.values()].filter((draft) => {
      const reason = lossOf(draft);
      if (reason !== null) this.#problems.error(draft.name, null, `left out: ${reason}`);
      return reason === null;
    });
  }

  #note(file: string, line: number, reason: string | null): void {
    if (reason !== null) this.#problems.error(file, line, reason);
  }

  #workflow({ cells }: TextRow): string | null {
    const [name = '', system = '', application = '', tasks = '', makespan = '', executedAt = ''] = cells;
    const executedAtMs = parseExecutionTime(executedAt);
    const makespanMs = msOf(makespan);
    if (this.#drafts.has(name)) return `the workflow ${quote(name)} comes twice`;
    if (executedAtMs === null) return `executed_at ${quote(executedAt)} is not a time`;
    if (!(makespanMs > 0)) return `makespan_s ${quote(makespan)} is not a time above 0 and below 12.4 days`;
    this.#drafts.set(name, {
      name,
      application: application === '' ? system : application,
      executedAtMs,
      makespanMs,
      taskCount: Number(tasks),
      taskIds: new Map(),
      runtimeMs: [],
      parent: [],
      child: [],
      isBroken: false,
    });
    return null;
  }

  #task({ cells }: TextRow): string | null {
    const [name = '', id = '', runtime = ''] = cells;
    const draft = this.#drafts.get(name);
    if (draft === undefined) return noWorkflow(name);
    const runtimeMs = msOf(runtime);
    draft.isBroken ||= Number.isNaN(runtimeMs) || draft.taskIds.has(id);
    if (Number.isNaN(runtimeMs)) return `runtime_s ${quote(runtime)} is not a time from 0 to below 12.4 days`;
    if (draft.taskIds.has(id)) return `the task ${quote(id)} comes twice`;
    draft.taskIds.set(id, draft.runtimeMs.length);
    draft.runtimeMs.push(runtimeMs);
    return null;
  }

  #edge({ cells }: TextRow): string | null {
    const [name = '', from = '', to = ''] = cells;
    const draft = this.#drafts.get(name);
    if (draft === undefined) return noWorkflow(name);
    const parent = draft.taskIds.get(from);
    const child = draft.taskIds.get(to);
    if (parent === undefined || child === undefined) {
      draft.isBroken = true;
      return `${quote(name)} has no task ${quote(parent === undefined ? from : to)}`;
    }
    draft.parent.push(parent);
    draft.child.push(child);
    return null;
  }
}

const noWorkflow = (name: string): string => `there is no workflow ${quote(name)}`;

/** Seconds in text to whole milliseconds; NaN for any other text, and beyond what can be played. */
function msOf(text: string): number {
  const seconds = text.trim() === '' ? Number.NaN : Number(text);
  return seconds >= 0 && seconds < TIME_MAX_S ? Math.round(seconds * MS_PER_SECOND) : Number.NaN;
}

/** Why it is not whole, or null. */
function lossOf({ isBroken, taskCount, runtimeMs, parent, child }: WorkflowDraft): string | null {
  if (isBroken) return 'a row of it could not be read';
  if (runtimeMs.length !== taskCount) return `${runtimeMs.length} tasks came where ${taskCount} were told`;
  return findCycle(taskCount, parent, child) === null ? null : 'its tasks wait for each other in a circle';
}
