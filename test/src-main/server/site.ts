// A server with a small page of its own, for tests: started before each, closed after each.

import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { type TopicHub, topicHub } from '../../../shared/api/channel/topic-hub.ts';
import type { Handlers } from '../../../shared/api/client.ts';
import { type RunningServer, startServer } from '../../../src-main/server/start-server.ts';
import { handlersWith } from '../../shared/api/channel/services.ts';

export interface TestSite {
  readonly server: RunningServer;
  readonly topics: TopicHub;
  readonly dir: string;
}

/** The folder holds a secret beside the page and links to it. */
function makePage(root: string): string {
  const page = join(root, 'page');
  mkdirSync(join(page, 'assets'), { recursive: true });
  writeFileSync(join(root, 'secret.txt'), 'secret');
  writeFileSync(join(page, 'index.html'), '<!doctype html><title>Landfall</title>');
  writeFileSync(join(page, '.hidden'), 'hidden');
  writeFileSync(join(page, 'theme-boot.js'), '0;');
  writeFileSync(join(page, 'assets', 'index-Ab_3-xYz.js'), '1;');
  writeFileSync(join(page, 'assets', 'inter-12345678.woff2'), Buffer.from([0, 1, 2, 255]));
  symlinkSync(join(root, 'secret.txt'), join(page, 'link.txt'));
  return page;
}

/** Gives a function that returns the running site of the test. */
export function useSite(handlers: Partial<Handlers> = {}): () => TestSite {
  let site: TestSite | undefined;
  let root = '';
  beforeEach(async () => {
    root = mkdtempSync(join(tmpdir(), 'landfall-site-'));
    const dir = makePage(root);
    const topics = topicHub();
    const server = await startServer({ handlers: handlersWith(handlers), topics, staticDir: dir, port: 0 });
    site = { server, topics, dir };
  });
  afterEach(async () => {
    await site?.server.close();
    rmSync(root, { recursive: true, force: true });
  });
  return () => site as TestSite;
}

export const codeOf = (launchUrl: string): string => new URL(launchUrl).searchParams.get('code') ?? '';
