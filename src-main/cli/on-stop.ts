// Ctrl+C and its relatives: the first asks to stop, a second one does not wait any longer. Two things of npm, which puts
// a shell between itself and this program: one Ctrl+C is heard twice (from the terminal and from npm), so what comes at
// once after the first is the first; and a SIGTERM ends the shell without a word, so losing it is a signal too.

import { type CancelSignal, cancelSource } from '../../shared/base/cancel.ts';

export interface Stop {
  readonly signal: CancelSignal;
  readonly stopped: Promise<void>;
  /** Signals do what they always do again. */
  release(): void;
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const INTERRUPTED = 130;
const ECHO_MS = 1_000;
const PARENT_POLL_MS = 250;

export function onStop(): Stop {
  const source = cancelSource();
  let firstMs = Number.NaN;
  const stop = (): void => {
    if (performance.now() - firstMs > ECHO_MS) process.exit(INTERRUPTED);
    if (source.signal.cancelled) return;
    firstMs = performance.now();
    source.cancel();
  };
  for (const signal of SIGNALS) process.on(signal, stop);
  const stopWatching = process.env.npm_lifecycle_event === undefined ? null : onParentGone(() => source.cancel());
  return {
    signal: source.signal,
    stopped: new Promise((resolve) => source.signal.onCancel(resolve)),
    release: () => {
      for (const signal of SIGNALS) process.off(signal, stop);
      stopWatching?.();
    },
  };
}

function onParentGone(gone: () => void): () => void {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid !== parent) gone();
  }, PARENT_POLL_MS);
  timer.unref();
  return () => clearInterval(timer);
}
