// Processes for the SQL of others, started by the main process because the host cannot: each is killed when the host
// says so or ends. Messages are passed on unread.

import { join } from 'node:path';
import { type UtilityProcess, utilityProcess } from 'electron';
import { builtMainDir } from '../host/package-root.ts';
import type { ConsoleOrder, ToHost } from './host-messages.ts';

export interface SqlProcesses {
  obey(order: ConsoleOrder): void;
  killAll(): void;
}

export function sqlProcesses(tellHost: (message: ToHost) => void): SqlProcesses {
  const running = new Map<number, UtilityProcess>();
  const start = (id: number, args: readonly string[]): void => {
    const child = utilityProcess.fork(join(builtMainDir(), 'sql-console.js'), [...args], {
      serviceName: 'Landfall SQL',
      // SQL can have DuckDB log to stdout.
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    running.set(id, child);
    child.on('message', (message: unknown) => tellHost({ kind: 'console-message', id, message }));
    child.once('exit', (code) => {
      running.delete(id);
      tellHost({ kind: 'console-end', id, how: `code ${code}` });
    });
  };
  return {
    obey(order) {
      if (order.kind === 'console-start') start(order.id, order.args);
      else if (order.kind === 'console-send') running.get(order.id)?.postMessage(order.message);
      else running.get(order.id)?.kill();
    },
    killAll() {
      for (const child of running.values()) child.kill();
    },
  };
}
