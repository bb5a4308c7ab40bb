// `npm run bench:ledger` (`-- --help` has its options): what the ledger does on this machine, beside one fdatasync and
// beside databases, in one run. Each figure is measured in a process of its own. The folder decides the disk; it is left
// as it was.

import { spawnSync } from 'node:child_process';
import { cpus, loadavg, tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { measureDisk } from './ledger/measure-disk.ts';
import { measureDuckdb } from './ledger/measure-duckdb.ts';
import { measureFinalizes } from './ledger/measure-finalizes.ts';
import { measureHttp } from './ledger/measure-http.ts';
import { measurePostgres } from './ledger/measure-postgres.ts';
import { measureReadiness } from './ledger/measure-readiness.ts';
import { measureRebuild } from './ledger/measure-rebuild.ts';
import { flag, folder, inner, programOptions, someOf, whole, wholes } from './program-options.ts';

const NAMES = ['disk', 'finalizes', 'http', 'readiness', 'rebuild', 'duckdb', 'postgres'] as const;
const options = programOptions({
  command: 'npm run bench:ledger --',
  does: 'what the ledger does on this machine, beside one fdatasync and beside databases',
  options: {
    parts: someOf(NAMES, 'what is measured'),
    writers: wholes('1,16,64,256', 'writers at a time'),
    finalizes: whole(100_000, 'finalizes at the most, of all writers'),
    partitions: wholes('1000000,10000000', 'sizes of the partition index'),
    checks: whole(100_000, 'readiness checks'),
    rate: whole(5_000, 'events a second beside the checks'),
    records: whole(1_000_000, 'records that the read model is rebuilt from'),
    dir: folder(tmpdir(), 'where it writes: decides the disk'),
    json: flag('one JSON document a line'),
    one: inner(),
  },
});

/** A single writer waits for each sync: fewer rounds say as much. */
const finalizesOf = (writers: number): number => Math.min(options.finalizes, writers * 2_000);
const { dir } = options;

type Measure = (size: number) => Promise<object | null>;
const PARTS: Readonly<Record<string, { readonly sizes: readonly number[]; readonly measure: Measure }>> = {
  disk: { sizes: [500], measure: (rounds) => measureDisk(dir, rounds) },
  finalizes: {
    sizes: options.writers,
    measure: (writers) => measureFinalizes(dir, writers, finalizesOf(writers)),
  },
  http: {
    sizes: options.writers,
    measure: (writers) => measureHttp(dir, writers, Math.ceil(finalizesOf(writers) / 5)),
  },
  readiness: {
    sizes: options.partitions,
    measure: (partitions) => measureReadiness(dir, partitions, options.checks, options.rate),
  },
  rebuild: { sizes: [options.records], measure: (records) => measureRebuild(dir, records) },
  duckdb: { sizes: [1_000], measure: (transactions) => measureDuckdb(dir, transactions) },
  postgres: { sizes: [5], measure: (seconds) => measurePostgres(dir, seconds) },
};

if (options.one === null) measureAll();
else await measureOne(options.one);

/** `part:size`, for the process that measures it. */
async function measureOne(one: string): Promise<void> {
  const [name, size] = one.split(':');
  console.log(JSON.stringify(await PARTS[name].measure(Number(size))));
}

function measureAll(): void {
  if (!options.json) console.log(`${cpus().length} x ${cpus()[0]?.model}, Node ${process.version}, ${dir}`);
  for (const part of options.parts) {
    for (const size of PARTS[part].sizes) {
      const load = loadavg()[0].toFixed(1);
      const figures = measureApart(`${part}:${size}`);
      if (options.json) console.log(JSON.stringify({ part, load, figures }));
      else
        console.log(
          `${part.padEnd(9)} ${figures === null ? 'skipped: it is not there' : line(figures)}  (load ${load})`,
        );
    }
  }
}

function measureApart(one: string): object | null {
  const args = ['--expose-gc', fileURLToPath(import.meta.url), ...process.argv.slice(2), '--one', one];
  const child = spawnSync(process.execPath, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  if (child.status !== 0) process.exit(child.status ?? 1);
  return JSON.parse(child.stdout) as object | null;
}

/** `name value` pairs; times of databases and disks in ms, of checks in µs as their names say. */
function line(figures: object): string {
  return Object.entries(figures)
    .map(
      ([name, value]) => `${name} ${typeof value === 'object' && value !== null ? `[${line(value)}]` : short(value)}`,
    )
    .join('  ');
}

function short(value: unknown): string {
  if (typeof value !== 'number' || Number.isInteger(value)) return String(value);
  return value >= 1_000 ? value.toFixed(0) : value.toPrecision(3);
}
