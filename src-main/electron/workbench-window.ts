// The one window. Its page runs sandboxed, apart from the preload script's world, and gets a port to the services when
// it asks and is who it should be.

import { join } from 'node:path';
import { BrowserWindow, ipcMain, nativeTheme } from 'electron';
import { packageRoot } from '../host/package-root.ts';
import { CONNECT_CHANNEL, PORT_CHANNEL } from './channels.ts';
import type { HostLink } from './host-link.ts';
import { isPageFrame, PAGE_URL } from './page-address.ts';

/** The page's own background (theme/tokens.css), so that the first frame does not flash. */
const BACKGROUND = { light: '#f7f7f8', dark: '#101114' };

export function openWindow(): BrowserWindow {
  const window = new BrowserWindow({
    // Position, size and full screen are kept under this name.
    name: 'workbench',
    windowStatePersistence: true,
    title: 'Landfall',
    width: 1440,
    height: 900,
    minWidth: 800,
    minHeight: 560,
    show: false,
    backgroundColor: nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light,
    webPreferences: {
      preload: join(packageRoot(), 'out', 'preload', 'preload.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
    },
  });
  window.once('ready-to-show', () => window.show());
  void window.loadURL(PAGE_URL);
  return window;
}

/** Answers the page's request for a port, and nobody else's. */
export function handOverPorts(host: HostLink): void {
  ipcMain.on(CONNECT_CHANNEL, (event) => {
    const { senderFrame } = event;
    if (isPageFrame(senderFrame)) senderFrame?.postMessage(PORT_CHANNEL, null, [host.connect()]);
  });
}
