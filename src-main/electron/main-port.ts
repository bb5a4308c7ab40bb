// A port of Electron's main or utility process in the shape that the channel takes: these emit events the way Node does
// and are no event targets.

import type { MessagePortMain } from 'electron';
import type { PortLike } from '../../shared/api/channel/port-protocol.ts';

type MainPort = Pick<MessagePortMain, 'postMessage' | 'start' | 'close' | 'on'>;

export function mainPort(port: MainPort): PortLike {
  return {
    postMessage: (bytes) => port.postMessage(bytes),
    start: () => port.start(),
    close: () => port.close(),
    addEventListener(type: 'message' | 'close', listener: (event: { readonly data: unknown }) => void) {
      if (type === 'message') port.on('message', listener);
      else port.on('close', () => listener({ data: undefined }));
    },
  };
}
