// A process that runs one query, as its owner sees it, and how plain Node starts one. Electron, whose programs cannot
// start themselves as Node, has a way of its own.

import { fork } from 'node:child_process';
import type { FromConsole, ToConsole } from './messages.ts';

export interface ConsoleProcess {
  send(message: ToConsole): void;
  onMessage(listener: (message: FromConsole) => void): void;
  /** `how`: an exit code or a signal, for people. */
  onEnd(listener: (how: string) => void): void;
  /** At once, whatever it does. */
  kill(): void;
}

/** `file`: the built process.ts; `args`: what it is started with. */
export type StartConsole = (file: string, args: readonly string[]) => ConsoleProcess;

export const forkConsole: StartConsole = (file, args) => {
  // SQL can have DuckDB log to stdout, which here belongs to whoever reads an answer.
  const stdio = ['ignore', 'ignore', 'inherit', 'ipc'] as const;
  const child = fork(file, args, { serialization: 'advanced', execArgv: [], stdio: [...stdio] });
  return {
    send: (message) => void child.send(message),
    onMessage: (listener) => void child.on('message', (message) => listener(message as FromConsole)),
    onEnd: (listener) => {
      child.on('error', (error) => listener(error.message));
      child.on('exit', (code, signal) => listener(signal ?? `code ${code}`));
    },
    kill: () => void child.kill('SIGKILL'),
  };
};
