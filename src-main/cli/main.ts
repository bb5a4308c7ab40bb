// The command line's entry: what out/main/cli.js runs. Sets the exit code and lets the process end by itself, so that
// nothing that was written to a pipe is cut off.

import { processIo } from './io.ts';
import { runCli } from './program.ts';

const io = processIo();
await runCli(process.argv.slice(2), io);
process.exitCode = io.exitCode;
