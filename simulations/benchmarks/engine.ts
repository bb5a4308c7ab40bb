// `npm run bench:engine -- --tasks 50000,1000000 [--repeat 21] [--json]`: the speed of the engine on reference days of
// these sizes, and its ratio to the heap baseline. Each size runs in a process of its own, so that memory is its own.

import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type EngineFigures, measureEngine } from './measure-engine.ts';

const { values } = parseArgs({
  options: {
    tasks: { type: 'string', default: '50000,1000000' },
    repeat: { type: 'string', default: '21' },
    json: { type: 'boolean', default: false },
  },
});
const sizes = values.tasks.split(',').map((text) => wholeNumber('--tasks', text));
const repeats = wholeNumber('--repeat', values.repeat);

if (!values.json) console.log(`${'tasks'.padStart(9)}  CPU ms  M events/s  heap ms  ratio  peak MiB`);
for (const tasks of sizes) {
  if (sizes.length > 1) measureApart(tasks);
  else print(measureEngine(tasks, repeats));
}

function measureApart(tasks: number): void {
  const args = [fileURLToPath(import.meta.url), '--tasks', `${tasks}`, '--repeat', `${repeats}`, '--json'];
  const child = spawnSync(process.execPath, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  if (child.status !== 0) process.exit(child.status ?? 1);
  print(JSON.parse(child.stdout) as EngineFigures);
}

function print(figures: EngineFigures): void {
  if (values.json) {
    console.log(JSON.stringify(figures));
    return;
  }
  const { tasks, cpuMs, eventsPerSecond, baselineCpuMs, ratio, peakRssMiB } = figures;
  const cells: [string, number][] = [
    [`${tasks}`, 9],
    [cpuMs.toFixed(1), 6],
    [(eventsPerSecond / 1e6).toFixed(1), 10],
    [baselineCpuMs.toFixed(1), 7],
    [ratio.toFixed(2), 5],
    [peakRssMiB.toFixed(0), 8],
  ];
  console.log(cells.map(([text, width]) => text.padStart(width)).join('  '));
}

function wholeNumber(option: string, text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value > 0) return value;
  console.error(`${option} ${text}: a whole number above 0 is wanted`);
  process.exit(2);
}
