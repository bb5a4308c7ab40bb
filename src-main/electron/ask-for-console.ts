// The host's way to a process for SQL in Electron: it asks the main process to start, feed and kill one.

import type { ConsoleProcess, FromConsole, StartConsole } from '../host/start-host.ts';
import type { ConsoleOrder, ToHost } from './host-messages.ts';

interface Listeners {
  message: (message: FromConsole) => void;
  end: (how: string) => void;
}

export interface ConsoleRelay {
  readonly start: StartConsole;
  /** What the main process says; of other kinds nothing. */
  take(message: ToHost): void;
}

export function consoleRelay(tellMain: (order: ConsoleOrder) => void): ConsoleRelay {
  const listeners = new Map<number, Listeners>();
  let count = 0;
  const start = (_file: string, args: readonly string[]): ConsoleProcess => {
    const id = ++count;
    const own: Listeners = { message: () => {}, end: () => {} };
    listeners.set(id, own);
    tellMain({ kind: 'console-start', id, args });
    return {
      send: (message) => tellMain({ kind: 'console-send', id, message }),
      onMessage: (listener) => {
        own.message = listener;
      },
      onEnd: (listener) => {
        own.end = listener;
      },
      kill: () => tellMain({ kind: 'console-kill', id }),
    };
  };
  return {
    start,
    take(message) {
      if (message.kind === 'console-message') listeners.get(message.id)?.message(message.message as FromConsole);
      if (message.kind !== 'console-end') return;
      listeners.get(message.id)?.end(message.how);
      listeners.delete(message.id);
    },
  };
}
