// Which process a lock names, and whether that process is gone. A pid alone is reused; where the system publishes when
// a process started (/proc), pid and start time together name it for good. Elsewhere the pid alone decides.
// Limit: a process of another machine or container on a shared folder looks gone.

import { readFileSync } from 'node:fs';

export interface ProcessIdentity {
  readonly pid: number;
  /** Boot and start tick of the process; "" where the system does not publish them. */
  readonly start: string;
}

export const ownIdentity = (): ProcessIdentity => ({ pid: process.pid, start: startOf(process.pid) ?? '' });

/** Whether the system tells when a process started. */
export const TELLS_START = ownIdentity().start !== '';

export function isGone({ pid, start }: ProcessIdentity): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return true;
  if (!TELLS_START || start === '') return !answersSignals(pid);
  return startOf(pid) !== start;
}

/** null when there is no such process, or only its unreaped remains. */
function startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The second field is the program's name in brackets and may hold anything; the fixed fields follow it (proc(5)).
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [state, startTicks] = [fields[0], fields[19]];
    if (state === 'Z' || state === 'X' || startTicks === undefined) return null;
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim()}/${startTicks}`;
  } catch {
    return null;
  }
}

function answersSignals(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Refused means that it lives and belongs to someone else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
