// `npm run bench:ledger -- [--parts disk,finalizes,http,readiness,rebuild,duckdb,postgres] [--writers 1,16,64,256]
// [--finalizes 100000] [--partitions 1000000,10000000] [--checks 100000] [--rate 5000] [--records 1000000]
// [--dir FOLDER] [--json]`: what the ledger does on this machine, beside one fdatasync and beside databases, in one run.
// Each figure is measured in a process of its own. The folder decides the disk; it is left as it was.

import { spawnSync } from 'node:child_process';
import { cpus, loadavg, tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { measureDisk } from './ledger/measure-disk.ts';
import { measureDuckdb } from './ledger/measure-duckdb.ts';
import { measureFinalizes } from './ledger/measure-finalizes.ts';
import { measureHttp } from './ledger/measure-http.ts';
import { measurePostgres } from './ledger/measure-postgres.ts';
import { measureReadiness } from './ledger/measure-readiness.ts';
import { measureRebuild } from './ledger/measure-rebuild.ts';

const { values } = parseArgs({
  options: {
    parts: { type: 'string', default: 'disk,finalizes,http,readiness,rebuild,duckdb,postgres' },
    writers: { type: 'string', default: '1,16,64,256' },
    finalizes: { type: 'string', default: '100000' },
    partitions: { type: 'string', default: '1000000,10000000' },
    checks: { type: 'string', default: '100000' },
    rate: { type: 'string', default: '5000' },
    records: { type: 'string', default: '1000000' },
    dir: { type: 'string', default: tmpdir() },
    json: { type: 'boolean', default: false },
    one: { type: 'string' },
  },
});

const numbers = (text: string): number[] => text.split(',').map(wholeNumber);
const count = { finalizes: wholeNumber(values.finalizes), checks: wholeNumber(values.checks) };
/** A single writer waits for each sync: fewer rounds say as much. */
const finalizesOf = (writers: number): number => Math.min(count.finalizes, writers * 2_000);
const dir = values.dir;

type Measure = (size: number) => Promise<object | null>;
const PARTS: Readonly<Record<string, { readonly sizes: readonly number[]; readonly measure: Measure }>> = {
  disk: { sizes: [500], measure: (rounds) => measureDisk(dir, rounds) },
  finalizes: {
    sizes: numbers(values.writers),
    measure: (writers) => measureFinalizes(dir, writers, finalizesOf(writers)),
  },
  http: {
    sizes: numbers(values.writers),
    measure: (writers) => measureHttp(dir, writers, Math.ceil(finalizesOf(writers) / 5)),
  },
  readiness: {
    sizes: numbers(values.partitions),
    measure: (partitions) => measureReadiness(dir, partitions, count.checks, wholeNumber(values.rate)),
  },
  rebuild: { sizes: [wholeNumber(values.records)], measure: (records) => measureRebuild(dir, records) },
  duckdb: { sizes: [1_000], measure: (transactions) => measureDuckdb(dir, transactions) },
  postgres: { sizes: [5], measure: (seconds) => measurePostgres(dir, seconds) },
};

if (values.one === undefined) measureAll();
else await measureOne(values.one);

/** `part:size`, for the process that measures it. */
async function measureOne(one: string): Promise<void> {
  const [name, size] = one.split(':');
  console.log(JSON.stringify(await PARTS[name].measure(Number(size))));
}

function measureAll(): void {
  const names = values.parts.split(',');
  const unknown = names.find((name) => !Object.hasOwn(PARTS, name));
  if (unknown !== undefined) fail(`--parts ${unknown}: one of ${Object.keys(PARTS).join(', ')} is wanted`);
  if (!values.json) console.log(`${cpus().length} x ${cpus()[0]?.model}, Node ${process.version}, ${dir}`);
  for (const part of names) {
    for (const size of PARTS[part].sizes) {
      const load = loadavg()[0].toFixed(1);
      const figures = measureApart(`${part}:${size}`);
      if (values.json) console.log(JSON.stringify({ part, load, figures }));
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

function wholeNumber(text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value > 0) return value;
  return fail(`${text}: a whole number above 0 is wanted`);
}

function fail(message: string): never {
  console.error(message);
  process.exit(2);
}
