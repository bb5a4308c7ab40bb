// `npm run soak` (`-- --help` has its options): events through the receiver over HTTP, from this process to a server in
// one of its own, in a folder that goes away after it. Prints events a second, the time of a request, and the server's
// memory along the way; exits 1 when an event is missing.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LoadFigures, runLoad } from './event-load.ts';
import { flag, programOptions, whole } from './program-options.ts';
import { isBuilt, withServer } from './served-workspace.ts';

const options = programOptions({
  command: 'npm run soak --',
  does: 'OpenLineage events through a real receiver over HTTP',
  options: {
    events: whole(1_000_000, 'events in all'),
    batch: whole(1, 'events a request'),
    connections: whole(64, 'connections that are kept'),
    json: flag('one JSON document'),
  },
});

const folder = mkdtempSync(join(tmpdir(), 'landfall-soak-'));
try {
  await soak();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function soak(): Promise<void> {
  if (!isBuilt()) throw new Error('build first: npm run build');
  const { events, batch, connections } = options;
  const figures = await withServer(join(folder, 'live'), ({ url, key, pid }) =>
    runLoad({
      url,
      key,
      events,
      batch,
      connections,
      memoryMb: () => memoryMb(pid),
      cpuSeconds: () => cpuSeconds(pid),
      onStep: (step) => options.json || console.log(step),
    }),
  );
  report(figures);
  if (figures.lastSeq !== figures.events) process.exitCode = 1;
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
  if (options.json) return console.log(JSON.stringify({ ...figures, load }));
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
