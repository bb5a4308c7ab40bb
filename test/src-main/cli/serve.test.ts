// `landfall serve` as a process of its own: takes events with the key that it made, is the only owner, keeps what it
// acknowledged over a clean end and over kill -9.

import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { LogView } from '../../../shared/api/views.ts';
import { runEvent } from '../server/api/use-api.ts';
import { landfall, type Running, scratchFolder, startLandfall } from './support/landfall.ts';

const dir = scratchFolder();
const running: Running[] = [];
afterEach(async () => {
  for (const one of running.splice(0)) {
    one.kill('SIGKILL');
    await one.ended;
  }
});

/** Its address and key, as it printed them. */
async function serve(...args: string[]): Promise<{ process: Running; url: string; key: string; keyFile: string }> {
  const process = startLandfall(['serve', '--workspace', 'live', '--port', '0', ...args], { cwd: dir });
  running.push(process);
  const [, url = '', keyFile = ''] = await process.printed(
    /OPENLINEAGE_URL=(\S+)\s+OPENLINEAGE_API_KEY=\$\(cat '(.+)'\)/,
  );
  return { process, url, keyFile, key: readFileSync(keyFile, 'utf8').trim() };
}

const post = (url: string, key: string, body: unknown): Promise<Response> =>
  fetch(`${url}/api/v1/lineage`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });

describe('landfall serve', () => {
  it('takes events, is asked by commands beside it, refuses a second owner, and loses nothing', async () => {
    const first = await serve();
    expect(statSync(first.keyFile).mode & 0o777).toBe(0o600);
    expect((await post(first.url, 'wrong', runEvent('START', 'r1', 1))).status).toBe(401);
    expect((await post(first.url, first.key, runEvent('START', 'r1', 1))).status).toBe(201);
    expect((await post(first.url, first.key, runEvent('COMPLETE', 'r1', 5))).status).toBe(201);

    const logs = await landfall(['logs', 'live', '--json'], { cwd: dir });
    const [log] = JSON.parse(logs.stdout) as LogView[];
    expect(log).toMatchObject({ name: 'live', source: 'observed', taskRuns: 1, isLive: true });

    const held = await landfall(['serve', '--workspace', 'live'], { cwd: dir });
    expect([held.code, held.stderr]).toEqual([2, expect.stringContaining(`in use by process ${first.process.pid}`)]);

    first.process.kill('SIGKILL');
    await first.process.ended;
    const second = await serve();
    expect(second.key).toBe(first.key);
    expect(await (await post(second.url, second.key, runEvent('START', 'r1', 1))).json()).toMatchObject({
      known: true,
    });
    second.process.kill('SIGINT');
    expect(await second.process.ended).toMatchObject({ code: 0, stderr: '' });
    expect(existsSync(join(dir, 'live', 'LOCK'))).toBe(false);
    const order = await landfall(['order', 'live', '--log', 'live', '--json'], { cwd: dir });
    expect(order.code).toBe(0);
  });

  it('takes a key of the user, and refuses one that others can read', async () => {
    const file = join(dir, 'my.key');
    writeFileSync(file, 'a-key-of-my-own-making\n', { mode: 0o644 });
    const refused = await landfall(['serve', '--workspace', 'live', '--port', '0', '--key', 'my.key'], { cwd: dir });
    expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining('others may read it (mode 644)')]);
    writeFileSync(join(dir, 'mine.key'), 'a-key-of-my-own-making\n', { mode: 0o600 });
    const { url, key, keyFile } = await serve('--key', 'mine.key');
    expect([key, keyFile]).toEqual(['a-key-of-my-own-making', join(dir, 'mine.key')]);
    expect((await post(url, key, runEvent('START', 'r2', 1))).status).toBe(201);
  });
});
