// Cooperative cancelling without AbortSignal, which is no part of the language: the pure layers may use this one.

export interface CancelSignal {
  readonly cancelled: boolean;
  /** Calls back once, at once when already cancelled. Returns the way to stop listening. */
  onCancel(listener: () => void): () => void;
}

export interface CancelSource {
  readonly signal: CancelSignal;
  cancel(): void;
}

/** Thrown by long work that noticed its signal. */
export class CancelledError extends Error {
  constructor() {
    super('cancelled');
    this.name = 'CancelledError';
  }
}

export function cancelSource(): CancelSource {
  const listeners = new Set<() => void>();
  let cancelled = false;
  const signal: CancelSignal = {
    get cancelled() {
      return cancelled;
    },
    onCancel(listener) {
      if (cancelled) listener();
      else listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  const cancel = (): void => {
    if (cancelled) return;
    cancelled = true;
    for (const listener of listeners) listener();
    listeners.clear();
  };
  return { signal, cancel };
}

export const NEVER_CANCELLED: CancelSignal = cancelSource().signal;

export function throwIfCancelled(signal: CancelSignal): void {
  if (signal.cancelled) throw new CancelledError();
}
