// `npm run bench:wfinstances -- --data DIR [--json]`: how well makespans of real workflow executions are predicted. DIR
// holds the flattened WfInstances tables, or a folder `wfcommons` with them. For each application the median error over
// the runs that were not learnt from, in three rotations of thirds (--json: every prediction, with the likeliest of the
// settings behind it); exits 1 when a table could not be read whole.

import { existsSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { formatProblem } from '../../shared/base/problem.ts';
import { readWorkflowTables } from '../../src-main/importers/wfcommons/read-workflow-tables.ts';
import { type HeldOutRun, medianErrors, predictHeldOut } from '../experiments/overhead-fit/held-out.ts';
import { prepareRun } from '../experiments/overhead-fit/prepared-run.ts';
import { ROTATIONS } from '../experiments/overhead-fit/thirds.ts';
import { flag, folder, programOptions } from './program-options.ts';

const options = programOptions({
  command: 'npm run bench:wfinstances --',
  does: 'how well makespans of real workflow executions are predicted',
  options: {
    data: folder(process.env.LANDFALL_DATA ?? '.', 'flattened WfInstances tables, or a folder `wfcommons` with them'),
    json: flag('one JSON document, with every prediction'),
  },
});

const below = join(options.data, 'wfcommons');
const { workflows, problems } = await readWorkflowTables(existsSync(below) ? below : options.data);
for (const problem of problems.problems) console.error(formatProblem(problem));
if (problems.errorCount > 0) process.exitCode = 1;
if (workflows.length > 0) report();

function report(): void {
  const before = process.cpuUsage();
  const runs = workflows.map(prepareRun);
  const rotations = ROTATIONS.map((rotation) => predictHeldOut(runs, rotation));
  const { user, system } = process.cpuUsage(before);
  const heldOut = rotations.flat();
  const applications = [...new Set(heldOut.map(({ application }) => application))].sort();
  const rows = [
    ...applications.map((name) =>
      rowOf(
        name,
        heldOut.filter(({ application }) => application === name),
      ),
    ),
    ...rotations.map((own, i) => rowOf(`third ${i + 1} learnt from`, own)),
    rowOf('all', heldOut),
  ];
  const cpuMs = Math.round((user + system) / 1_000);
  const load = loadavg()[0]?.toFixed(1) ?? '';
  if (options.json) return console.log(JSON.stringify({ workflows: workflows.length, cpuMs, load, rows, heldOut }));
  printTable(rows);
  console.log(
    `${workflows.length} workflows; errors in percent of the measured makespan; ${cpuMs} ms of CPU, load ${load}`,
  );
}

interface Row {
  readonly what: string;
  /** Different runs among those predicted; two rotations of three predict each. */
  readonly runs: number;
  readonly predictions: number;
  readonly trainedOn: string;
  /** Median absolute errors, percent of the measured makespan. */
  readonly plain: number;
  readonly constant: number;
  readonly line: number;
  readonly fitted: number;
}

function rowOf(what: string, heldOut: readonly HeldOutRun[]): Row {
  const errors = medianErrors(heldOut);
  const trained = heldOut.map(({ trainedOn }) => trainedOn);
  const [fewest, most] = [Math.min(...trained), Math.max(...trained)];
  return {
    what,
    runs: new Set(heldOut.map(({ name }) => name)).size,
    predictions: heldOut.length,
    trainedOn: fewest === most ? `${most}` : `${fewest}-${most}`,
    plain: percent(errors.plain),
    constant: percent(errors.constant),
    line: percent(errors.line),
    fitted: percent(errors.fitted),
  };
}

function percent(share: number): number {
  return Math.round(share * 1_000) / 10;
}

function printTable(rows: readonly Row[]): void {
  const heads = Object.keys(rows[0] as Row) as (keyof Row)[];
  const lines = [heads, ...rows.map((row) => heads.map((head) => String(row[head])))];
  const widths = heads.map((_, i) => Math.max(...lines.map((line) => (line[i] as string).length)));
  for (const line of lines) {
    console.log(
      line
        .map((cell, i) => (i === 0 ? cell.padEnd(widths[0] as number) : cell.padStart(widths[i] as number)))
        .join('  '),
    );
  }
}
