// The machines that WfFormat 1.5 files tell of (`workflow.execution.machines[].cpu.coreCount`), and whose they are taken
// to be for runs that have no file of their own.
// Format: WfCommons WfFormat 1.5 schema.

import { join } from 'node:path';
import { readInput } from '../files/read-input.ts';
import { asArray, asNumber, asObject, type JsonValue } from '../json/json-value.ts';
import { parseJson } from '../json/parse-json.ts';
import type { ProblemList } from '../problem-list.ts';

/** What tells one run from another. */
interface RunIdentity {
  readonly name: string;
  readonly application: string;
  readonly executedAtMs: number;
}

export interface MachineFacts extends RunIdentity {
  /** Of all its machines together. */
  readonly cores: number;
}

/** Reads those of `files` that are named after one of `runs`, plain or packed. */
export async function readMachines(
  folder: string,
  files: readonly string[],
  runs: readonly RunIdentity[],
  problems: ProblemList,
): Promise<readonly MachineFacts[]> {
  const facts: MachineFacts[] = [];
  for (const run of runs) {
    const file = files.find((name) => name === `${run.name}.json` || name === `${run.name}.json.gz`);
    if (file === undefined) continue;
    const cores = await coresOf(join(folder, file), problems);
    if (cores !== null)
      facts.push({ name: run.name, application: run.application, executedAtMs: run.executedAtMs, cores });
  }
  return facts;
}

async function coresOf(path: string, problems: ProblemList): Promise<number | null> {
  const read = await readInput(path);
  if (!read.ok) {
    problems.error(path, null, read.error);
    return null;
  }
  const parsed = parseJson(new TextDecoder().decode(read.value.bytes));
  if (!parsed.ok) {
    problems.error(path, parsed.error.line, parsed.error.reason);
    return null;
  }
  const cores = sumOfCores(parsed.value.value);
  if (cores === null) problems.warning(path, null, 'no machine tells its coreCount: the cores are unknown');
  return cores;
}

function sumOfCores(document: JsonValue): number | null {
  const execution = asObject(asObject(asObject(document)?.workflow)?.execution);
  let cores = 0;
  for (const machine of asArray(execution?.machines)) {
    const count = asNumber(asObject(asObject(machine)?.cpu)?.coreCount);
    if (Number.isInteger(count) && count > 0) cores += count;
  }
  return cores > 0 ? cores : null;
}

/** Its own cores, else those of the run of the same application that is nearest in time; null when there is none. */
export function nearestCores(run: RunIdentity, machines: readonly MachineFacts[]): number | null {
  let nearest: MachineFacts | null = null;
  let distanceMs = Number.POSITIVE_INFINITY;
  for (const facts of machines) {
    if (facts.application !== run.application) continue;
    const apartMs = facts.name === run.name ? -1 : Math.abs(facts.executedAtMs - run.executedAtMs);
    if (apartMs >= distanceMs) continue;
    nearest = facts;
    distanceMs = apartMs;
  }
  return nearest === null ? null : nearest.cores;
}
