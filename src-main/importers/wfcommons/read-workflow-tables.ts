// Reads the flattened WfInstances tables of a folder: all_workflows.csv, all_tasks.csv and all_edges.csv, plain or packed
// (.gz). They name no machines: those are told by the WfFormat files in the same folder, which hold some of the runs; any
// other run has the cores of the run of its application that was executed nearest in time.

import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { MeasuredWorkflow } from '../../../shared/model/measured-workflow.ts';
import { readInput } from '../files/read-input.ts';
import { systemReason } from '../files/system-reason.ts';
import { type ProblemCounts, ProblemList } from '../problem-list.ts';
import { nearestCores, readMachines } from './machines.ts';
import { readTextTable, type TextTable } from './text-table.ts';
import { EDGE_COLUMNS, TASK_COLUMNS, WORKFLOW_COLUMNS, WorkflowDrafts } from './workflow-drafts.ts';

export interface MeasuredWorkflows {
  /** In the order of all_workflows.csv. */
  readonly workflows: readonly MeasuredWorkflow[];
  readonly problems: ProblemCounts;
}

/** Never throws: what cannot be read is in `problems`. */
export async function readWorkflowTables(folder: string): Promise<MeasuredWorkflows> {
  const problems = new ProblemList();
  const files = await filesOf(folder, problems);
  const table = (name: string, columns: readonly string[]) => tableOf({ folder, files, name, columns, problems });
  const drafts = new WorkflowDrafts(problems);
  drafts.addWorkflows(await table('all_workflows.csv', WORKFLOW_COLUMNS));
  drafts.addTasks(await table('all_tasks.csv', TASK_COLUMNS));
  drafts.addEdges(await table('all_edges.csv', EDGE_COLUMNS));
  const whole = drafts.finish();
  const machines = await readMachines(folder, files, whole, problems);
  const workflows = whole.map((draft) => ({
    name: draft.name,
    application: draft.application,
    executedAtMs: draft.executedAtMs,
    makespanMs: draft.makespanMs,
    runtimeMs: Int32Array.from(draft.runtimeMs),
    parent: Int32Array.from(draft.parent),
    child: Int32Array.from(draft.child),
    cores: nearestCores(draft, machines),
  }));
  return { workflows, problems };
}

async function filesOf(folder: string, problems: ProblemList): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).sort();
  } catch (error) {
    problems.error(folder, null, systemReason(error));
    return [];
  }
}

interface TableSource {
  readonly folder: string;
  readonly files: readonly string[];
  readonly name: string;
  readonly columns: readonly string[];
  readonly problems: ProblemList;
}

async function tableOf({ folder, files, name, columns, problems }: TableSource): Promise<TextTable> {
  const path = join(folder, files.find((file) => file === name || file === `${name}.gz`) ?? name);
  const read = await readInput(path);
  if (read.ok) return readTextTable(new TextDecoder().decode(read.value.bytes), path, columns, problems);
  problems.error(path, null, read.error);
  return { file: path, rows: [] };
}
