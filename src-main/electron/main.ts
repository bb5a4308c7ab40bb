// Electron's main process, put together: a window, the process that owns the workspace, and ports between the two. It
// does no work of its own. One window a workspace; a second start brings the first to the front.

import { join } from 'node:path';
import { app, BrowserWindow, dialog, Menu } from 'electron';
import { builtPageDir } from '../host/package-root.ts';
import { denyPermissions, hardenContents } from './harden.ts';
import { type HostLink, startHostLink } from './host-link.ts';
import { instanceName, RECEIVE_SWITCH, workspaceArgument } from './launch-arguments.ts';
import { menuTemplate } from './menu-template.ts';
import { registerScheme, servePage } from './serve-page.ts';
import { handOverPorts, openWindow } from './workbench-window.ts';

const asked = workspaceArgument(process.argv);
const workspaceDir = asked ?? join(app.getPath('userData'), 'workspace');

// What the window keeps, and the lock that makes it the only one, belong to the workspace.
app.setPath('userData', join(app.getPath('userData'), 'windows', instanceName(workspaceDir)));
registerScheme();
hardenContents();
if (app.requestSingleInstanceLock()) void app.whenReady().then(start);
else app.quit();

function start(): void {
  denyPermissions();
  servePage(builtPageDir());
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(process.platform, app.isPackaged)));
  const host = startHostLink({
    workspaceDir,
    withSample: asked === null,
    receives: process.argv.includes(RECEIVE_SWITCH),
    onEnd: failAndExit,
  });
  handOverPorts(host);
  closeHostAtTheEnd(host);
  openWindow();
  app.on('second-instance', bringToFront);
  app.on('window-all-closed', () => app.quit());
}

function failAndExit(message: string, detail: string): void {
  console.error(`landfall: ${message}${detail && ` (${detail})`}`);
  dialog.showErrorBox('Landfall cannot go on', [message, detail].filter(Boolean).join('\n\n'));
  app.exit(1);
}

/** The workspace is given back before the process ends. */
function closeHostAtTheEnd(host: HostLink): void {
  app.once('will-quit', (event) => {
    event.preventDefault();
    void host.close().finally(() => app.exit(0));
  });
}

function bringToFront(): void {
  const [window] = BrowserWindow.getAllWindows();
  if (window?.isMinimized()) window.restore();
  window?.focus();
}
