// Opens an address in the user's browser with what the system has for it. Never waits and never fails: where nothing
// opens, the printed address is enough.

import { spawn } from 'node:child_process';

export function openBrowser(url: string): void {
  const [command, ...args] = openerOf(process.platform, url);
  const child = spawn(command, args, { detached: true, stdio: 'ignore', windowsVerbatimArguments: true });
  child.on('error', () => {});
  child.unref();
}

function openerOf(platform: NodeJS.Platform, url: string): [string, ...string[]] {
  if (platform === 'darwin') return ['open', url];
  // `start` is a word of the shell; its first quoted argument would be a title.
  if (platform === 'win32') return ['cmd', '/c', 'start', '""', url.replaceAll('&', '^&')];
  return ['xdg-open', url];
}
