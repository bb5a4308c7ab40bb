// Keeps a page's calls of one method from its server until they are let go: what a screen shows while it waits.
// Before the page is opened.

import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** The result waits until the method was called, and lets it through. */
export async function holdCalls(page: Page, method: string): Promise<() => Promise<void>> {
  const held: (() => void)[] = [];
  let isHeld = true;
  await page.routeWebSocket(/./, (socket) => {
    const server = socket.connectToServer();
    socket.onMessage((message) => {
      const send = (): void => server.send(message);
      const text = typeof message === 'string' ? message : message.toString('latin1');
      if (isHeld && text.includes(method)) held.push(send);
      else send();
    });
  });
  return async () => {
    await expect.poll(() => held.length).toBeGreaterThan(0);
    isHeld = false;
    for (const send of held) send();
  };
}
