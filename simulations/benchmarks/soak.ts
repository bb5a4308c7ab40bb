// `npm run soak -- [--events 1000000] [--batch 1] [--connections 64] [--json]`: events through the receiver over HTTP, from
// this process to a server in one of its own, in a folder that goes away after it. Prints events a second, the time of a
// request, and the server's memory along the way; exits 1 when an event is missing. Build first: `npm run build`.

import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type LoadFigures, runLoad } from './event-load.ts';

const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '1000000' },
    batch: { type: 'string', default: '1' },
    connections: { type: 'string', default: '64' },
    json: { type: 'boolean', default: false },
  },
});
const CLI = join(import.meta.dirname, '..', 'main', 'cli.js');

const folder = mkdtempSync(join(tmpdir(), 'landfall-soak-'));
try {
  await soak();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function soak(): Promise<void> {
  const server = spawn(process.execPath, [CLI, 'serve', '--workspace', join(folder, 'live'), '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  const { url, key } = await addressOf(server.stdout);
  const figures = await runLoad({
    url,
    key,
    events: wholeNumber('events'),
    batch: wholeNumber('batch'),
    connections: wholeNumber('connections'),
    memoryMb: () => memoryMb(server.pid ?? 0),
    cpuSeconds: () => cpuSeconds(server.pid ?? 0),
    onStep: (step) => values.json || console.log(step),
  });
  report(figures);
  if (figures.lastSeq !== figures.events) process.exitCode = 1;
  server.kill('SIGINT');
  await ended;
}

async function addressOf(stdout: NodeJS.ReadableStream): Promise<{ url: string; key: string }> {
  let text = '';
  for await (const chunk of stdout) {
    text += String(chunk);
    const [, url, file] = /OPENLINEAGE_URL=(\S+)\s+OPENLINEAGE_API_KEY=\$\(cat '(.+)'\)/.exec(text) ?? [];
    if (url !== undefined && file !== undefined) return { url, key: readFileSync(file, 'utf8').trim() };
  }
  throw new Error(`the server ended before it listened: ${text}`);
}

/** Resident set of a process in MB; NaN where /proc is not. */
function memoryMb(pid: number): number {
  try {
    const [, kb] = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return Math.round(Number(kb) / 1_024);
  } catch {
    return Number.NaN;
  }
}

/** User and system time of a process in seconds, at the 100 ticks a second that Linux tells; NaN where /proc is not. */
function cpuSeconds(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ');
    return (Number(fields[11]) + Number(fields[12])) / 100;
  } catch {
    return Number.NaN;
  }
}

function report(figures: LoadFigures): void {
  const load = loadavg()[0]?.toFixed(1) ?? '';
  if (values.json) return console.log(JSON.stringify({ ...figures, load }));
  const {
    events,
    batch,
    connections,
    eventsPerSecond,
    cpuUsPerEvent,
    p50Ms,
    p99Ms,
    memoryMb: memory,
    lastSeq,
  } = figures;
  console.log(`${events} events, ${batch} a request, ${connections} connections: ${eventsPerSecond} events/s`);
  console.log(`CPU of the server: ${cpuUsPerEvent} µs an event`);
  console.log(`a request: p50 ${p50Ms} ms, p99 ${p99Ms} ms; load ${load}`);
  console.log(`memory of the server: ${memory.join(', ')} MB; last record ${lastSeq}, missing ${events - lastSeq}`);
}

function wholeNumber(name: 'events' | 'batch' | 'connections'): number {
  const value = Number(values[name]);
  if (Number.isInteger(value) && value > 0) return value;
  throw new Error(`--${name} is a whole number, 1 or more`);
}
