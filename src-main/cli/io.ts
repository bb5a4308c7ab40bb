// What a command may touch of the terminal, so that every command runs the same in a test and for real.
// A command writes its answer to `out` and everything else to `err`; it never calls process.exit.

import { type Style, styleFor } from './style.ts';
import { terminalText } from './terminal-text.ts';

/**
 * 0: done. 1: it was done and found something (proved findings, files with errors). 2: bad input or usage.
 * 130: Ctrl+C before it was done, as shells have it.
 */
export const ExitCode = { ok: 0, findings: 1, badInput: 2, interrupted: 130 } as const;

export interface CliIo {
  out(text: string): void;
  err(text: string): void;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** How stdout is drawn: colours on a terminal only. */
  readonly style: Style;
  /** True where a progress line may be redrawn in place. */
  readonly errIsTerminal: boolean;
  exitCode: number;
}

export function processIo(): CliIo {
  // A reader that closed the pipe (`| head`) is no failure of ours.
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
      process.exit();
    });
  }
  const writeTo =
    (stream: NodeJS.WriteStream) =>
    (text: string): void =>
      void stream.write(stream.isTTY === true ? terminalText(text) : text);
  return {
    out: writeTo(process.stdout),
    err: writeTo(process.stderr),
    env: process.env,
    cwd: process.cwd(),
    style: styleFor(process.stdout.isTTY === true && !process.env.NO_COLOR),
    errIsTerminal: process.stderr.isTTY === true,
    exitCode: ExitCode.ok,
  };
}
