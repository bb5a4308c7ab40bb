// PostgreSQL beside it, where it is installed: a private cluster in a folder of its own, reached by a socket file,
// sixteen connections, one statement a finalize (pgbench, prepared). Everything durable as it comes by default.

import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { inFolder } from './figures.ts';

export interface PostgresFigures {
  readonly version: string;
  readonly connections: number;
  readonly perSecond: number;
  readonly meanMs: number;
}

const CONNECTIONS = 16;
const ROWS = 200_000;
const PLACES = '/usr/lib/postgresql';
/** The system's own user without rights: PostgreSQL refuses to run as root. */
const NOBODY = 65_534;
const START_TRIES = 100;

const SCHEMA = `
CREATE TABLE partition_state (id INTEGER PRIMARY KEY, status TEXT, row_count BIGINT);
CREATE TABLE event (seq BIGSERIAL, partition_id INTEGER, kind TEXT);
INSERT INTO partition_state SELECT i, 'RUNNING', 0 FROM generate_series(1, ${ROWS}) i;
`;
const FINALIZE = `\\set id random(1, ${ROWS})
WITH whole AS (UPDATE partition_state SET status = 'SUCCESS', row_count = :id WHERE id = :id RETURNING id)
INSERT INTO event (partition_id, kind) SELECT id, 'finalized' FROM whole;
`;

/** null where PostgreSQL's own programs are not there. */
export async function measurePostgres(parent: string, seconds: number): Promise<PostgresFigures | null> {
  const bin = programs();
  if (bin === null) return null;
  return inFolder(parent, async (dir) => {
    const user = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
    chmodSync(dir, 0o755);
    const home = join(dir, 'cluster');
    mkdirSync(home, 0o700);
    if (user.uid !== undefined) chownSync(home, NOBODY, NOBODY);
    const run = (program: string, ...args: string[]): string =>
      execFileSync(join(bin, program), args, {
        ...user,
        cwd: home,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'pipe'],
      });
    run('initdb', '-D', join(home, 'data'), '-U', 'bench', '-A', 'trust', '--no-locale', '-E', 'UTF8');
    const settings = ['-D', join(home, 'data'), '-k', home, '-c', 'listen_addresses='];
    const server = spawn(join(bin, 'postgres'), settings, { ...user, cwd: home, stdio: 'ignore' });
    const ended = new Promise((resolve) => server.once('exit', resolve));
    try {
      const psql = (sql: string): string => run('psql', '-h', home, '-U', 'bench', '-d', 'postgres', '-qAtc', sql);
      await untilItAnswers(() => psql('SELECT 1'));
      psql(SCHEMA);
      writeFileSync(join(dir, 'finalize.sql'), FINALIZE);
      const load = ['-n', '-M', 'prepared', '-c', `${CONNECTIONS}`, '-j', '2', '-T', `${seconds}`];
      const target = ['-f', join(dir, 'finalize.sql'), '-h', home, '-U', 'bench', 'postgres'];
      const told = run('pgbench', ...load, ...target);
      const version = psql('SHOW server_version');
      return { version: version.trim(), connections: CONNECTIONS, ...readPgbench(told) };
    } finally {
      server.kill('SIGINT');
      await ended;
    }
  });
}

function programs(): string | null {
  if (!existsSync(PLACES)) return null;
  const versions = readdirSync(PLACES).sort((a, b) => Number(b) - Number(a));
  const bins = versions.map((version) => join(PLACES, version, 'bin'));
  return (
    bins.find((bin) => ['initdb', 'postgres', 'psql', 'pgbench'].every((name) => existsSync(join(bin, name)))) ?? null
  );
}

async function untilItAnswers(ask: () => void): Promise<void> {
  for (let i = 0; ; i++) {
    try {
      return ask();
    } catch (error) {
      if (i === START_TRIES) throw error;
      await sleep(100);
    }
  }
}

function readPgbench(told: string): { perSecond: number; meanMs: number } {
  const perSecond = Number(/tps = ([\d.]+)/.exec(told)?.[1] ?? Number.NaN);
  const meanMs = Number(/latency average = ([\d.]+) ms/.exec(told)?.[1] ?? Number.NaN);
  return { perSecond, meanMs };
}
