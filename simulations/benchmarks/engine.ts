// `npm run bench:engine` (`-- --help` has its options): the speed of the engine on reference days, of the full model, and
// of replications on threads, with ratios to the heap baseline of the same run. Each part runs in a process of its own,
// so that memory is its own.

import { spawnSync } from 'node:child_process';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ModelKind } from './benchmark-scenarios.ts';
import type { Figures } from './figures.ts';
import { measureEngine } from './measure-engine.ts';
import { measureModel } from './measure-model.ts';
import { measureReplications } from './measure-replications.ts';
import { flag, inner, programOptions, someOf, whole, wholes } from './program-options.ts';

const PARTS = ['day', 'model', 'replications'] as const;
const options = programOptions({
  command: 'npm run bench:engine --',
  does: 'the speed of the engine, of the full model and of replications, beside the baseline engine',
  options: {
    only: someOf(PARTS, 'what is measured'),
    tasks: wholes('50000,1000000', 'sizes of the reference days; 10000000 is one'),
    'model-tasks': whole(50_000, 'size of the full model’s day, and of replications'),
    replications: whole(1_000, 'replications of the reference model'),
    'full-replications': whole(100, 'replications of the full model'),
    threads: whole(2, 'threads that play replications'),
    seed: whole(1, 'seed of the days'),
    repeat: whole(21, 'how often a day is played; the median counts'),
    json: flag('one JSON document a line'),
    /** One part, in this process: what the program starts itself with. */
    part: inner(),
  },
});

if (options.part !== null) console.log(JSON.stringify(await measure(options.part)));
else runAll();

function runAll(): void {
  const parts = options.only.flatMap((only) => {
    if (only === 'day') return options.tasks.map((tasks) => `day ${tasks}`);
    return only === 'model' ? ['model'] : ['replications reference model', 'replications full model'];
  });
  if (!options.json) console.log(`${''.padEnd(38)}    tasks   CPU ms  M events/s  heap ms  ratio  peak MiB  wall ms`);
  for (const part of parts) print(apart(part));
}

async function measure(part: string): Promise<Figures> {
  const [kind, ...rest] = part.split(' ');
  const { 'model-tasks': tasks, seed, repeat, threads } = options;
  if (kind === 'day') return measureEngine(Number(rest[0]), seed, repeat);
  if (kind === 'model') return measureModel(tasks, seed, repeat);
  const model = rest.join(' ') as ModelKind;
  const replications = options[model === 'full model' ? 'full-replications' : 'replications'];
  const workersDir = dirname(fileURLToPath(import.meta.url));
  return await measureReplications(model, { tasks, seed, replications, threads, workersDir });
}

function apart(part: string): Figures {
  const args = [fileURLToPath(import.meta.url), ...process.argv.slice(2), '--part', part];
  const child = spawnSync(process.execPath, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  if (child.status !== 0) process.exit(child.status ?? 1);
  return JSON.parse(child.stdout) as Figures;
}

function print(figures: Figures): void {
  if (options.json) {
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
