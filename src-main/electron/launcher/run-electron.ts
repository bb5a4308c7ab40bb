// Starts the workbench's window as a process of its own and waits for its end. A window that never came up (a missing
// system library, a display that refuses) ends with an error soon after the start; the caller opens the browser then.

import { spawn } from 'node:child_process';
import type { CancelSignal } from '../../../shared/base/cancel.ts';

export interface ElectronRun {
  readonly binary: string;
  /** The folder with the package.json whose `main` is the built main process. */
  readonly appDir: string;
  readonly workspaceDir: string;
  /** Takes events of other programs from the start. */
  readonly receives: boolean;
  /** Ends the window. */
  readonly signal: CancelSignal;
}

/** `closed`: the window was there and is gone. `never-started`: it failed within the first seconds. */
export type ElectronOutcome = { readonly kind: 'closed' } | { readonly kind: 'never-started'; readonly reason: string };

/** An error later than this is a crash of a window that was there. */
const START_MS = 15_000;
const PATIENCE_MS = 3_000;

export function runElectron({ binary, appDir, workspaceDir, receives, signal }: ElectronRun): Promise<ElectronOutcome> {
  const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env;
  const startedMs = performance.now();
  const child = spawn(binary, [appDir, `--workspace=${workspaceDir}`, ...(receives ? ['--receive'] : [])], {
    env,
    stdio: 'inherit',
  });
  let timer: NodeJS.Timeout | undefined;
  const stopWatching = signal.onCancel(() => {
    child.kill();
    timer = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
  });
  return new Promise((resolve) => {
    const ended = (failure: string | null): void => {
      stopWatching();
      clearTimeout(timer);
      const isEarly = performance.now() - startedMs < START_MS;
      resolve(
        failure !== null && isEarly && !signal.cancelled
          ? { kind: 'never-started', reason: failure }
          : { kind: 'closed' },
      );
    };
    child.once('error', (error) => ended(error.message));
    child.once('exit', (code, by) => ended(code === 0 ? null : `it ended with ${by ?? `code ${code}`}`));
  });
}
