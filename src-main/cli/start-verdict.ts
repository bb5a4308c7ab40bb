// What the terminal says of a workspace when its workbench opens: what had to be repaired, and the verdict on its
// last log.

import { localClient } from '../../shared/api/channel/local-client.ts';
import { formatProblem } from '../../shared/base/problem.ts';
import type { Host } from '../host/start-host.ts';
import { formatPlural } from './format-table.ts';
import { formatVerdict } from './format-verdict.ts';
import type { CliIo } from './io.ts';

export async function printVerdict(io: CliIo, { handlers, topics, workspace }: Host): Promise<void> {
  for (const problem of workspace.problems) io.err(`${formatProblem(problem)}\n`);
  const logs = workspace.logs();
  const last = logs.filter((log) => Number.isFinite(log.fromUs)).at(-1) ?? logs.at(-1);
  if (last === undefined) return io.out(`${workspace.dir} holds no logs yet: import some.\n`);
  const client = localClient(handlers, topics);
  io.out(formatVerdict(await client.call('log.summary', { log: last.name }), io.style));
  if (logs.length > 1) io.out(`\n${formatPlural(logs.length, 'log')} in ${workspace.dir}\n`);
  client.close();
}
