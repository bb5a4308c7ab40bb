// The preload script: all that the page of the Electron window gets beyond the web. It asks the main process for a port
// to the services and hands it to the page, and tells the path of a file that the user dropped. Nothing else is exposed.
// It runs sandboxed: one CommonJS file, no Node.

import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { CONNECT_CHANNEL, PORT_CHANNEL, PORT_MESSAGE } from './channels.ts';

/** The part of the page's window that is used here; the Node build knows no DOM. */
declare const window: {
  readonly location: { readonly origin: string };
  postMessage(message: unknown, targetOrigin: string, transfer: unknown[]): void;
};

contextBridge.exposeInMainWorld('landfall', {
  connect: (): void => ipcRenderer.send(CONNECT_CHANNEL),
  pathOf: (file: File): string => webUtils.getPathForFile(file),
});

// A port cannot cross the context bridge; a window message to this very page can carry it.
ipcRenderer.on(PORT_CHANNEL, (event) => {
  window.postMessage({ type: PORT_MESSAGE }, window.location.origin, [...event.ports]);
});
