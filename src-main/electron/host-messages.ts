// What the main process and the process that owns the workspace say to each other, beside the ports of pages.

export type ToHost =
  /** One port attached: a page that wants the services. */
  | { readonly kind: 'connect' }
  /** Give the workspace back and end. */
  | { readonly kind: 'close' };

/** The workspace could not be opened; the host ends. `detail` says what to do. */
export interface HostFailure {
  readonly kind: 'failed';
  readonly message: string;
  readonly detail: string;
}

export function isToHost(value: unknown): value is ToHost {
  const kind = kindOf(value);
  return kind === 'connect' || kind === 'close';
}

export function isHostFailure(value: unknown): value is HostFailure {
  const { message, detail } = (value ?? {}) as Partial<HostFailure>;
  return kindOf(value) === 'failed' && typeof message === 'string' && typeof detail === 'string';
}

const kindOf = (value: unknown): unknown =>
  typeof value === 'object' && value !== null ? (value as { kind?: unknown }).kind : undefined;
