// The first program that runs: builds out/ when it is missing or older than the sources, then becomes the command
// line in the same process (out/main/cli.js). Plain JavaScript, because nothing is built yet.
// It must never write to stdout: that belongs to the command (`--json` stays clean). Two boots at once are safe: each
// builds into a folder of its own and renames it into place; the lock only saves the second one the work.
// `--build` builds and stops.

import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const NODE_NEEDED = [20, 19];
const SOURCES = ['shared', 'simulations', 'src-main', 'src-renderer', 'electron.config.ts', 'package-lock.json'];
const LOCK_POLL_MS = 100;
const SIGNALS = ['SIGINT', 'SIGTERM'];

const root = fileURLToPath(new URL('..', import.meta.url));
const out = join(root, 'out');
const scratch = join(root, '.landfall');
const lockFile = join(scratch, 'build.lock');
const stampFile = join(out, '.stamp');

await main();

async function main() {
  if (!nodeIsNewEnough())
    return fail(`Node ${NODE_NEEDED.join('.')} or newer is needed, this is ${process.versions.node}`);
  const onlyBuild = process.argv[2] === '--build';
  if ((onlyBuild || !isFresh()) && existsSync(join(root, 'src-main', 'cli'))) {
    const problem = await underLock(() => (!onlyBuild && isFresh() ? null : build()));
    if (problem) return fail(problem);
  }
  if (!onlyBuild) await import(pathToFileURL(join(out, 'main', 'cli.js')).href);
}

function nodeIsNewEnough() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  return major > NODE_NEEDED[0] || (major === NODE_NEEDED[0] && minor >= NODE_NEEDED[1]);
}

function fail(message) {
  process.stderr.write(`landfall: ${message}\n`);
  process.exitCode = 2;
}

function isFresh() {
  if (!existsSync(stampFile) || !existsSync(join(out, 'main', 'cli.js'))) return false;
  return readFileSync(stampFile, 'utf8') === sourceStamp();
}

/** Names, sizes and modification times of every source file: changes when one is edited, added or removed. */
function sourceStamp() {
  const hash = createHash('sha256');
  const add = (path) => {
    const stat = statSync(join(root, path), { throwIfNoEntry: false });
    if (!stat) return;
    if (!stat.isDirectory()) return hash.update(`${path}\0${stat.size}\0${stat.mtimeMs}\n`);
    for (const name of readdirSync(join(root, path)).sort()) add(join(path, name));
  };
  SOURCES.forEach(add);
  return hash.digest('hex');
}

/** Runs `work` while no other boot builds. A lock whose process is gone is taken over. */
async function underLock(work) {
  mkdirSync(scratch, { recursive: true });
  process.once('exit', releaseLock);
  for (const signal of SIGNALS) process.once(signal, interrupted);
  try {
    while (!takeLock()) await new Promise((resolve) => setTimeout(resolve, LOCK_POLL_MS));
    return await work();
  } finally {
    releaseLock();
    process.off('exit', releaseLock);
    for (const signal of SIGNALS) process.off(signal, interrupted);
  }
}

/** Ends by the `exit` listeners, which clean up. */
function interrupted() {
  process.exit(130);
}

function releaseLock() {
  if (isOurs()) rmSync(lockFile, { force: true });
}

function isOurs() {
  return existsSync(lockFile) && readFileSync(lockFile, 'utf8') === String(process.pid);
}

function takeLock() {
  try {
    writeFileSync(lockFile, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  if (!holderIsAlive()) rmSync(lockFile, { force: true });
  return false;
}

function holderIsAlive() {
  try {
    const pid = Number(readFileSync(lockFile, 'utf8'));
    // The holder may not have written its id yet: then the lock is new.
    if (pid === 0) return Date.now() - statSync(lockFile).mtimeMs < 5_000;
    return isAlive(pid);
  } catch {
    return true; // it went away between two looks: look again
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Builds beside out/ and renames. Returns null, or the reason there is no build. */
async function build() {
  const tool = join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js');
  if (!existsSync(tool)) return 'its dependencies are not installed; run `npm ci` first';
  removeLeftovers();
  const started = performance.now();
  process.stderr.write('building… ');
  const stamp = sourceStamp();
  const fresh = join(scratch, `build-${process.pid}`);
  const clean = () => rmSync(fresh, { recursive: true, force: true });
  process.once('exit', clean);
  const { code, text } = await run(tool, fresh);
  if (code === 0) {
    writeFileSync(join(fresh, '.stamp'), stamp);
    moveIntoPlace(fresh);
    process.stderr.write(`${((performance.now() - started) / 1_000).toFixed(1)} s\n`);
  } else {
    clean();
    process.stderr.write(`failed\n${text}`);
  }
  process.off('exit', clean);
  return code === 0 ? null : 'the build failed; what was built before is unchanged';
}

/** Runs the build quietly; its text is kept for a failure. It ends with this process. */
function run(tool, outDir) {
  const args = [tool, 'build', '-c', 'electron.config.ts', '--outDir', outDir, '--logLevel', 'warn'];
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let text = '';
    const stop = () => child.kill('SIGKILL');
    process.once('exit', stop);
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (text += data));
    child.on('close', (code) => {
      process.off('exit', stop);
      resolve({ code, text });
    });
  });
}

/** Renames over out/; another boot may do so at the same moment, so a few tries. */
function moveIntoPlace(fresh) {
  const old = join(scratch, `old-build-${process.pid}`);
  for (let tries = 1; ; tries++) {
    try {
      if (existsSync(out)) renameSync(out, old);
      renameSync(fresh, out);
      break;
    } catch (error) {
      if (tries === 5) throw error;
    }
  }
  rmSync(old, { recursive: true, force: true });
}

/** What boots that were killed left behind. */
function removeLeftovers() {
  for (const name of readdirSync(scratch)) {
    const owner = /^(?:old-)?build-(\d+)$/.exec(name);
    if (owner && !isAlive(Number(owner[1]))) rmSync(join(scratch, name), { recursive: true, force: true });
  }
}
