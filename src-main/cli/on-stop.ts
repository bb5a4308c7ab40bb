// Ctrl+C and its relatives: the first asks to stop, a second one does not wait any longer.

import { type CancelSignal, cancelSource } from '../../shared/base/cancel.ts';

export interface Stop {
  readonly signal: CancelSignal;
  readonly stopped: Promise<void>;
  /** Signals do what they always do again. */
  release(): void;
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const INTERRUPTED = 130;

export function onStop(): Stop {
  const source = cancelSource();
  const stop = (): void => {
    if (source.signal.cancelled) process.exit(INTERRUPTED);
    source.cancel();
  };
  for (const signal of SIGNALS) process.on(signal, stop);
  return {
    signal: source.signal,
    stopped: new Promise((resolve) => source.signal.onCancel(resolve)),
    release: () => {
      for (const signal of SIGNALS) process.off(signal, stop);
    },
  };
}
