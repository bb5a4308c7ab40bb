// What the window was started with: `--workspace=DIR`, an absolute path, and `--receive`. Chromium's own switches come among the arguments
// and are none of our business.

import { createHash } from 'node:crypto';
import { isAbsolute, resolve } from 'node:path';

const PREFIX = '--workspace=';

/** The workspace folder that was asked for, or null. */
export function workspaceArgument(argv: readonly string[]): string | null {
  const argument = argv.findLast((text) => text.startsWith(PREFIX));
  const dir = argument?.slice(PREFIX.length) ?? '';
  return isAbsolute(dir) ? resolve(dir) : null;
}

/** Takes events of other programs from the start; also handed on to the process that owns the workspace. */
export const RECEIVE_SWITCH = '--receive';

/** The inverse, for the process that owns the workspace. */
export const workspaceSwitch = (dir: string): string => `${PREFIX}${dir}`;

/** A name for what belongs to the window of one workspace: two workspaces are two windows, side by side. */
export const instanceName = (dir: string): string => createHash('sha256').update(dir).digest('hex').slice(0, 16);
