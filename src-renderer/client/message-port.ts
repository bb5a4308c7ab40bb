// The channel's protocol over a MessagePort that Electron's main process hands over. Never used in a browser tab.

import { portProtocol } from '../../shared/api/channel/port-protocol.ts';
import type { Protocol } from '../../shared/api/channel/protocol.ts';
import { type LandfallPreload, PORT_MESSAGE } from './preload.ts';

const HAND_OVER_MS = 10_000;

/** Asks the preload script for a port and waits until it is there. */
export function openMessagePort(preload: LandfallPreload, page: Window = window): Promise<Protocol> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      page.removeEventListener('message', receive);
      reject(new Error('The window got no connection to its services.'));
    }, HAND_OVER_MS);
    function receive(event: MessageEvent): void {
      if (event.source !== page || event.data?.type !== PORT_MESSAGE) return;
      const port = event.ports[0];
      if (!port) return;
      clearTimeout(timer);
      page.removeEventListener('message', receive);
      resolve(portProtocol(port));
    }
    page.addEventListener('message', receive);
    preload.connect();
  });
}
