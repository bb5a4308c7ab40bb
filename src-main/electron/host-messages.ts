// What the main process and the process that owns the workspace say to each other, beside the ports of pages.

export type ToHost =
  /** One port attached: a page that wants the services. */
  | { readonly kind: 'connect' }
  /** Give the workspace back and end. */
  | { readonly kind: 'close' }
  /** From a process for SQL that the host asked for. */
  | { readonly kind: 'console-message'; readonly id: number; readonly message: unknown }
  | { readonly kind: 'console-end'; readonly id: number; readonly how: string };

/** A process cannot start another here, so the main process does it for the host and passes messages on. */
export type ConsoleOrder =
  | { readonly kind: 'console-start'; readonly id: number; readonly args: readonly string[] }
  | { readonly kind: 'console-send'; readonly id: number; readonly message: unknown }
  | { readonly kind: 'console-kill'; readonly id: number };

/** The workspace could not be opened; the host ends. `detail` says what to do. */
export interface HostFailure {
  readonly kind: 'failed';
  readonly message: string;
  readonly detail: string;
}

export function isToHost(value: unknown): value is ToHost {
  const kind = kindOf(value);
  return kind === 'connect' || kind === 'close' || kind === 'console-message' || kind === 'console-end';
}

export function isConsoleOrder(value: unknown): value is ConsoleOrder {
  const kind = kindOf(value);
  return kind === 'console-start' || kind === 'console-send' || kind === 'console-kill';
}

export function isHostFailure(value: unknown): value is HostFailure {
  const { message, detail } = (value ?? {}) as Partial<HostFailure>;
  return kindOf(value) === 'failed' && typeof message === 'string' && typeof detail === 'string';
}

const kindOf = (value: unknown): unknown =>
  typeof value === 'object' && value !== null ? (value as { kind?: unknown }).kind : undefined;
