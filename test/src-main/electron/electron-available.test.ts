// Availability with packages made for the test: their installers are real programs that succeed, fail or hang, and the
// servers are real sockets on this machine.

import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cancelSource } from '../../../shared/base/cancel.ts';
import { type AvailabilityOptions, electronAvailable } from '../../../src-main/electron/launcher/electron-available.ts';
import { downloadServer } from '../../../src-main/electron/launcher/fetch-binary.ts';

const VERSION = '45.0.0';
/** What the package's installer does when it succeeds: the name of the binary comes last. */
const INSTALL = `
  const fs = require('node:fs'), path = require('node:path');
  fs.mkdirSync(path.join(__dirname, 'dist'), { recursive: true });
  fs.writeFileSync(path.join(__dirname, 'dist', 'version'), 'v${VERSION}');
  fs.writeFileSync(path.join(__dirname, 'dist', 'electron'), '');
  fs.writeFileSync(path.join(__dirname, 'path.txt'), 'electron');
`;
const COUNT = `require('node:fs').appendFileSync(__dirname + '/runs.txt', 'x');`;
const HANG = 'setInterval(() => {}, 1000);';

let root: string;
let server: Server;
let fetched: string[];
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'landfall-electron-'));
  fetched = [];
  server = createServer((socket) => socket.destroy()).listen({ host: '127.0.0.1', port: 0 });
  await once(server, 'listening');
});
afterEach(() => {
  server.close();
  rmSync(root, { recursive: true, force: true });
});

const reachable = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}/electron/`;

/** A package with this installer on a desktop; the download server answers unless told otherwise. */
function options(installer: string, more: Partial<AvailabilityOptions> = {}): AvailabilityOptions {
  const packageDir = join(root, 'electron');
  mkdirSync(packageDir, { recursive: true });
  writeFileSync(join(packageDir, 'package.json'), JSON.stringify({ name: 'electron', version: VERSION }));
  writeFileSync(join(packageDir, 'install.js'), `${COUNT}${installer}`);
  const env = { DISPLAY: ':0', PATH: process.env.PATH, ELECTRON_MIRROR: reachable() };
  return {
    scratchDir: join(root, 'scratch'),
    packageDir,
    env,
    platform: 'linux',
    userId: 1000,
    limits: { reachMs: 1_000, offlineMs: 50, onlineMs: 60_000 },
    onFetch: (version) => fetched.push(version),
    ...more,
  };
}
const runs = (): number => {
  try {
    return readFileSync(join(root, 'electron', 'runs.txt'), 'utf8').length;
  } catch {
    return 0;
  }
};
const binary = (): object => ({ available: true, binary: join(root, 'electron', 'dist', 'electron') });

describe('electronAvailable', () => {
  it('fetches the binary once', async () => {
    expect(await electronAvailable(options(INSTALL))).toEqual(binary());
    expect(await electronAvailable(options(INSTALL))).toEqual(binary());
    expect([runs(), fetched]).toEqual([1, [VERSION]]);
  });

  it('does not look for a binary without a desktop', async () => {
    const result = await electronAvailable(options(INSTALL, { env: {} }));
    expect(result).toEqual({ available: false, reason: 'there is no display' });
    expect(runs()).toBe(0);
  });

  it('takes no binary of another version, and none that is not there', async () => {
    await electronAvailable(options(INSTALL));
    writeFileSync(join(root, 'electron', 'dist', 'version'), '44.0.0');
    expect((await electronAvailable(options('process.exit(1)'))).available).toBe(false);
    writeFileSync(join(root, 'electron', 'dist', 'version'), VERSION);
    rmSync(join(root, 'electron', 'dist', 'electron'));
    rmSync(join(root, 'scratch'), { recursive: true });
    expect((await electronAvailable(options('process.exit(1)'))).available).toBe(false);
  });

  it('takes the binary that the environment names', async () => {
    writeFileSync(join(root, 'electron-of-mine'), '');
    mkdirSync(join(root, 'electron'), { recursive: true });
    writeFileSync(join(root, 'electron', 'path.txt'), 'electron-of-mine');
    const given = options('process.exit(1)');
    const env = { ...given.env, ELECTRON_OVERRIDE_DIST_PATH: root };
    expect(await electronAvailable({ ...given, env })).toEqual({
      available: true,
      binary: join(root, 'electron-of-mine'),
    });
  });

  it('says that the package is not installed, or its download switched off', async () => {
    const given = options(INSTALL);
    expect(await electronAvailable({ ...given, packageDir: null })).toMatchObject({
      reason: 'its package is not installed',
    });
    const env = { ...given.env, ELECTRON_SKIP_BINARY_DOWNLOAD: '1' };
    expect(await electronAvailable({ ...given, env })).toMatchObject({ reason: 'its download is switched off' });
    expect(runs()).toBe(0);
  });

  it('remembers a failed download for a day, of this version only', async () => {
    const reason = 'its download from 127.0.0.1 failed';
    expect(await electronAvailable(options('process.exit(1)'))).toEqual({ available: false, reason });
    const again = await electronAvailable(options(INSTALL));
    expect(again).toEqual({ available: false, reason: `${reason} (tried less than a day ago)` });
    expect(runs()).toBe(1);
    const file = join(root, 'scratch', 'electron-fetch.json');
    const failure = JSON.parse(readFileSync(file, 'utf8')) as { atMs: number };
    writeFileSync(file, JSON.stringify({ ...failure, atMs: failure.atMs - 86_400_001 }));
    expect(await electronAvailable(options(INSTALL))).toEqual(binary());
  });

  it.each([
    ['another version', { version: '44.0.0', atMs: Date.now(), reason: 'x' }],
    ['the future', { version: VERSION, atMs: Date.now() + 1e9, reason: 'x' }],
    ['nobody', 'nonsense'],
  ])('does not mind a failure of %s', async (_whose, failure) => {
    mkdirSync(join(root, 'scratch'));
    writeFileSync(join(root, 'scratch', 'electron-fetch.json'), JSON.stringify(failure));
    expect(await electronAvailable(options(INSTALL))).toEqual(binary());
  });

  it('ends an installer that hangs, with and without a server', async () => {
    const online = options(HANG, { limits: { reachMs: 1_000, offlineMs: 60_000, onlineMs: 50 } });
    expect(await electronAvailable(online)).toMatchObject({ reason: 'its download from 127.0.0.1 failed' });
    rmSync(join(root, 'scratch'), { recursive: true });
    const offline = options(HANG);
    server.close();
    await once(server, 'close');
    expect(await electronAvailable(offline)).toMatchObject({ reason: '127.0.0.1 cannot be reached' });
  });

  it('takes a binary from the cache without a server', async () => {
    const offline = options(INSTALL, { limits: { reachMs: 1_000, offlineMs: 60_000, onlineMs: 50 } });
    server.close();
    await once(server, 'close');
    expect(await electronAvailable(offline)).toEqual(binary());
  });

  it('stops when asked to, and remembers nothing of it', async () => {
    const source = cancelSource();
    const given = options(HANG, { signal: source.signal, onFetch: source.cancel });
    expect(await electronAvailable(given)).toMatchObject({ reason: 'its download was stopped' });
    expect(await electronAvailable(options(INSTALL))).toEqual(binary());
  });

  it('says when an installer brings nothing, or scratch cannot be written', async () => {
    writeFileSync(join(root, 'scratch'), 'a file where the folder should be');
    expect(await electronAvailable(options(';'))).toMatchObject({ reason: 'its installer brought no binary' });
  });
});

describe('downloadServer', () => {
  it.each([
    [{}, 'github.com', 443],
    [{ ELECTRON_MIRROR: 'https://mirror.example/electron/' }, 'mirror.example', 443],
    [{ npm_config_electron_mirror: 'http://mirror.example/' }, 'mirror.example', 80],
    [{ NPM_CONFIG_ELECTRON_MIRROR: 'http://mirror.example:8081/e/' }, 'mirror.example', 8081],
    [{ ELECTRON_MIRROR: 'nonsense' }, 'github.com', 443],
  ])('of %o is %s:%i', (env, host, port) => {
    expect(downloadServer(env)).toEqual({ host, port });
  });
});
