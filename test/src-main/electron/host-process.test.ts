// The process that owns the workspace, run here on a real workspace with real ports: only its parent is played by the
// test, because Electron's is not there. It serves pages and programs, and gives the workspace back.

import { EventEmitter, once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { clientOver } from '../../../shared/api/channel/client-over.ts';
import { type PortLike, portProtocol } from '../../../shared/api/channel/port-protocol.ts';
import { workspaceSwitch } from '../../../src-main/electron/launch-arguments.ts';
import { ownerOf } from '../../../src-main/host/owner.ts';
import { startHost } from '../../../src-main/host/start-host.ts';
import { connectClient } from '../../../src-main/server/connect-client.ts';
import { waitFor } from '../../support/wait-for.ts';

/** Electron's side of the parent port: messages with their ports. */
class Parent extends EventEmitter {
  readonly told: unknown[] = [];
  postMessage(message: unknown): void {
    this.told.push(message);
    this.emit('told');
  }
}

/** A port as Electron's utility process sees it: events that carry `{ data }`. */
const electronPort = (port: MessagePort): object => ({
  postMessage: (message: unknown) => port.postMessage(message),
  start: () => port.start(),
  close: () => port.close(),
  on: (type: 'message' | 'close', listener: (event?: { data: unknown }) => void) =>
    type === 'message' ? port.on('message', (data) => listener({ data })) : port.on('close', () => listener()),
});

let root: string;
let parent: Parent;
const argv = process.argv;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'landfall-host-'));
  parent = new Parent();
  Object.defineProperty(process, 'parentPort', { value: parent, configurable: true });
  vi.resetModules();
});
afterEach(() => {
  process.argv = argv;
  Reflect.deleteProperty(process, 'parentPort');
  process.removeAllListeners('SIGINT');
  vi.restoreAllMocks();
  rmSync(root, { recursive: true, force: true });
});

async function startProcess(workspaceDir: string): Promise<{ exited: Promise<unknown[]> }> {
  const exits = new EventEmitter();
  vi.spyOn(process, 'exit').mockImplementation(((code: number) => exits.emit('exit', code)) as never);
  vi.spyOn(console, 'error').mockImplementation(() => {});
  process.argv = ['electron', 'host.js', workspaceSwitch(workspaceDir)];
  await import('../../../src-main/electron/host-process.ts');
  return { exited: once(exits, 'exit') };
}

describe('the host process', () => {
  it('serves a page that asked before the workspace was open, and gives the workspace back', async () => {
    const dir = join(root, 'night');
    await (await startHost({ workspaceDir: dir, create: true })).close();
    const { exited } = await startProcess(dir);
    const { port1, port2 } = new MessageChannel();
    const client = clientOver(portProtocol(port1 as unknown as PortLike));
    const early = client.call('workspace.get', {});
    parent.emit('message', { data: { kind: 'connect' }, ports: [electronPort(port2)] });
    expect((await early).dir).toBe(dir);
    expect(await client.call('logs.list', {})).toEqual([]);
    parent.emit('message', { data: { kind: 'close' }, ports: [] });
    expect(await exited).toEqual([0]);
    expect(existsSync(join(dir, 'LOCK'))).toBe(false);
    client.close();
  });

  it('obeys its parent only in words that it knows', async () => {
    const dir = join(root, 'night');
    await (await startHost({ workspaceDir: dir, create: true })).close();
    const { exited } = await startProcess(dir);
    for (const data of [null, 'close', { kind: 'eval' }, { kind: 'connect' }])
      parent.emit('message', { data, ports: [] });
    const { port1, port2 } = new MessageChannel();
    const client = clientOver(portProtocol(port1 as unknown as PortLike));
    parent.emit('message', { data: { kind: 'connect' }, ports: [electronPort(port2)] });
    expect(await client.call('logs.list', {})).toEqual([]);
    parent.emit('message', { data: { kind: 'close' }, ports: [] });
    expect(await exited).toEqual([0]);
    client.close();
  });

  it('tells its parent why it cannot open a workspace, and closes the ports of pages', async () => {
    const dir = join(root, 'letters');
    mkdirSync(dir);
    writeFileSync(join(dir, 'letter.txt'), 'Dear');
    await startProcess(dir);
    if (parent.told.length === 0) await once(parent, 'told');
    expect(parent.told).toMatchObject([{ kind: 'failed', message: expect.any(String), detail: expect.any(String) }]);
    const { port1, port2 } = new MessageChannel();
    const client = clientOver(portProtocol(port1 as unknown as PortLike));
    parent.emit('message', { data: { kind: 'connect' }, ports: [electronPort(port2)] });
    await expect(client.call('logs.list', {})).rejects.toMatchObject({ code: 'closed' });
  });

  it('lets a program beside the window in when the page is built', async ({ skip }) => {
    skip(!existsSync('out/renderer/index.html'), 'out/ is not built');
    const dir = join(root, 'night');
    await (await startHost({ workspaceDir: dir, create: true })).close();
    const { exited } = await startProcess(dir);
    await waitFor(() => expect(ownerOf(dir)?.url).toMatch(/^http/));
    const { url, token } = ownerOf(dir) as { url: string; token: string };
    const program = await connectClient({ url, token });
    expect((await program.call('workspace.get', {})).dir).toBe(dir);
    program.close();
    parent.emit('message', { data: { kind: 'close' }, ports: [] });
    expect(await exited).toEqual([0]);
  });
});
