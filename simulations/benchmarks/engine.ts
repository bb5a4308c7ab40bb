// `npm run bench:engine -- [--only day,model,replications] [--tasks 50000,1000000] [--seed 1] [--repeat 21] [--json]`:
// the speed of the engine on reference days of these sizes (10000000 is one), of the full model, and of replications on
// threads, with ratios to the heap baseline of the same run. Each part runs in a process of its own, so that memory is
// its own.

import { spawnSync } from 'node:child_process';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { ModelKind } from './benchmark-scenarios.ts';
import type { Figures } from './figures.ts';
import { measureEngine } from './measure-engine.ts';
import { measureModel } from './measure-model.ts';
import { measureReplications } from './measure-replications.ts';

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: 'day,model,replications' },
    tasks: { type: 'string', default: '50000,1000000' },
    'model-tasks': { type: 'string', default: '50000' },
    replications: { type: 'string', default: '1000' },
    'full-replications': { type: 'string', default: '100' },
    threads: { type: 'string', default: '2' },
    seed: { type: 'string', default: '1' },
    repeat: { type: 'string', default: '21' },
    json: { type: 'boolean', default: false },
    /** One part, in this process: what the program starts itself with. */
    part: { type: 'string' },
  },
});
const number = (option: 'model-tasks' | 'replications' | 'full-replications' | 'threads' | 'seed' | 'repeat'): number =>
  wholeNumber(`--${option}`, values[option]);

if (values.part !== undefined) console.log(JSON.stringify(await measure(values.part)));
else runAll();

function runAll(): void {
  const sizes = values.tasks.split(',').map((text) => wholeNumber('--tasks', text));
  const parts = values.only.split(',').flatMap((only) => {
    if (only === 'day') return sizes.map((tasks) => `day ${tasks}`);
    if (only === 'model') return ['model'];
    if (only === 'replications') return ['replications reference model', 'replications full model'];
    return refuse(`--only ${only}: day, model or replications is wanted`);
  });
  if (!values.json) console.log(`${''.padEnd(38)}    tasks   CPU ms  M events/s  heap ms  ratio  peak MiB  wall ms`);
  for (const part of parts) print(apart(part));
}

async function measure(part: string): Promise<Figures> {
  const [kind, ...rest] = part.split(' ');
  const tasks = number('model-tasks');
  const seed = number('seed');
  if (kind === 'day') return measureEngine(Number(rest[0]), seed, number('repeat'));
  if (kind === 'model') return measureModel(tasks, seed, number('repeat'));
  const model = rest.join(' ') as ModelKind;
  const replications = number(model === 'full model' ? 'full-replications' : 'replications');
  const workersDir = dirname(fileURLToPath(import.meta.url));
  return await measureReplications(model, { tasks, seed, replications, threads: number('threads'), workersDir });
}

function apart(part: string): Figures {
  const args = [fileURLToPath(import.meta.url), ...process.argv.slice(2), '--part', part];
  const child = spawnSync(process.execPath, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  if (child.status !== 0) process.exit(child.status ?? 1);
  return JSON.parse(child.stdout) as Figures;
}

function print(figures: Figures): void {
  if (values.json) {
    console.log(JSON.stringify(figures));
    return;
  }
  const { what, tasks, cpuMs, eventsPerSecond, baselineCpuMs, ratio, peakRssMiB, wallMs, more } = figures;
  const cells: [string, number][] = [
    [`${tasks}`, 9],
    [cpuMs.toFixed(1), 7],
    [(eventsPerSecond / 1e6).toFixed(1), 10],
    [baselineCpuMs?.toFixed(1) ?? '', 7],
    [ratio?.toFixed(2) ?? '', 5],
    [peakRssMiB.toFixed(0), 8],
    [wallMs.toFixed(0), 7],
  ];
  const extra = Object.entries(more).map(([name, value]) => `${name} ${Math.round(value * 100) / 100}`);
  console.log([what.padEnd(38), ...cells.map(([text, width]) => text.padStart(width)), ...extra].join('  '));
}

function wholeNumber(option: string, text: string): number {
  const value = Number(text);
  return Number.isSafeInteger(value) && value > 0
    ? value
    : refuse(`${option} ${text}: a whole number above 0 is wanted`);
}

function refuse(reason: string): never {
  console.error(reason);
  process.exit(2);
}
