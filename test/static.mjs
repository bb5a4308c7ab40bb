// What is checked without running anything: `npm run static` runs the scripts named below side by side, as many as there
// are cores. It knows only their names: what each does stands in package.json, and each can be run alone. A check that
// fails has its whole output printed under its name; the rest run on, so that one run tells everything. Exits 1 then.

import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The longest first, so that none of them is left alone at the end. */
const CHECKS = ['types:node', 'types:page', 'types:web', 'types:pure', 'lint:layers', 'lint:unused', 'lint'];

const root = fileURLToPath(new URL('..', import.meta.url));
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const env = { ...process.env, PATH: [join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter) };

const waiting = [...CHECKS];
/** @type {string[]} */
const failed = [];
await Promise.all(Array.from({ length: Math.min(availableParallelism(), CHECKS.length) }, work));
if (failed.length > 0) console.error(`\nfailed: ${failed.map((name) => `npm run ${name}`).join(', ')}`);
process.exitCode = failed.length === 0 ? 0 : 1;

async function work() {
  for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
    const { code, output } = await run(scripts[name] ?? `echo "package.json has no script ${name}" && exit 1`);
    console.error(code === 0 ? `✓ ${name}` : `\n✗ ${name}\n${output}`);
    if (code !== 0) failed.push(name);
  }
}

/** @returns {Promise<{ code: number | null, output: string }>} */
function run(/** @type {string} */ command) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, { cwd: root, env, shell: true, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8');
      stream.on('data', (text) => {
        output += text;
      });
    }
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, output }));
  });
}
