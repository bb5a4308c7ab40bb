// A page of another program in the same browser, which may well hold our cookie (cookies know no ports), against the
// local server; and our own page under its rules. In a real Chromium, because it decides what it sends.

import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { codeOf, useSite } from '../src-main/server/site.ts';
import { launchChromium } from './chromium.ts';

const site = useSite({ 'logs.list': async () => [] });
let browser: Browser;
let foreign: Server;
let foreignUrl: string;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  browser = await launchChromium(['--host-resolver-rules=MAP evil.example 127.0.0.1']);
  foreign = createServer((_request, response) => {
    response.setHeader('Content-Type', 'text/html');
    response.end('<!doctype html><title>Foreign</title>');
  }).listen({ host: '127.0.0.1', port: 0 });
  await once(foreign, 'listening');
  foreignUrl = `http://127.0.0.1:${(foreign.address() as AddressInfo).port}/`;
});
afterAll(async () => {
  await browser.close();
  foreign.close();
});
beforeEach(async () => {
  context = await browser.newContext();
  await context.addInitScript({ path: 'test/e2e/probe.js' });
  page = await context.newPage();
});
afterEach(() => context.close());

/** Runs one of the probes (probe.js) in the current page. */
const probe = (name: string, ...given: unknown[]): Promise<unknown> =>
  page.evaluate(`probe.${name}(${given.map((value) => JSON.stringify(value)).join(', ')})`);

const socketOf = (url: string): string => `${url.replace('http:', 'ws:')}/rpc`;

const JSON_HEADERS = { 'content-type': 'application/json' };

/** Opens our page and exchanges the code, as the workbench does. */
async function openSession(): Promise<unknown> {
  const { url, launchUrl } = site().server;
  await page.goto(url);
  const body = JSON.stringify({ code: codeOf(launchUrl) });
  return probe('request', '/session', { method: 'POST', headers: JSON_HEADERS, body });
}

describe('our own page', () => {
  it('gets in with the code of its link, on that name of this machine', async () => {
    const { url, port } = site().server;
    await page.goto(url);
    expect(await probe('socket', socketOf(url))).toBe('refused');
    expect(await openSession()).toBe('basic 200');
    expect(await probe('socket', socketOf(url))).toBe('open');
    await page.goto(`http://localhost:${port}/`);
    expect(await probe('socket', `ws://localhost:${port}/rpc`)).toBe('refused');
  });

  it('may style through the CSSOM and run nothing inline', async () => {
    await page.goto(site().server.url);
    const stopped = ['script-src-elem', 'style-src-attr'];
    expect(await probe('inline')).toEqual({ color: 'rgb(1, 2, 3)', title: 'Landfall', stopped });
  });
});

describe('a foreign page in the same browser', () => {
  it('cannot open the services, though the cookie goes with its request', async () => {
    const { url, port } = site().server;
    expect(await openSession()).toBe('basic 200');
    await page.goto(foreignUrl);
    // The browser would send it: same site, another port.
    expect((await context.cookies(foreignUrl)).map((cookie) => cookie.name)).toEqual([`landfall-${port}`]);
    expect(await probe('socket', socketOf(url))).toBe('refused');
  });

  it('cannot use up a launch code, nor read or send anything', async () => {
    const { url, launchUrl } = site().server;
    await page.goto(foreignUrl);
    const post = { method: 'POST', body: JSON.stringify({ code: codeOf(launchUrl) }) };
    expect(await probe('request', `${url}/session`, { ...post, mode: 'no-cors' })).toBe('refused');
    expect(await probe('request', `${url}/session`, { ...post, headers: JSON_HEADERS })).toBe('refused');
    expect(await probe('request', url, {})).toBe('refused');
    expect(await probe('request', url, { mode: 'no-cors' })).toBe('refused');
    expect(await openSession()).toBe('basic 200');
  });

  it('cannot run its files, frame it or lead to it', async () => {
    const { url } = site().server;
    await page.goto(foreignUrl);
    expect(await probe('script', `${url}/theme-boot.js`)).toBe('refused');
    await probe('frame', url);
    expect(await Promise.all(page.frames().map((frame) => frame.title()))).not.toContain('Landfall');
    const [answer] = await Promise.all([page.waitForResponse(`${url}/`), probe('go', url)]);
    expect(answer.status()).toBe(403);
  });

  it('gets nothing under a name of its own that points here', async () => {
    const { port } = site().server;
    const answer = await page.goto(`http://evil.example:${port}/`);
    expect(answer?.status()).toBe(403);
    expect(await probe('socket', `ws://evil.example:${port}/rpc`)).toBe('refused');
  });
});
