// Which log a command is about: the named one, or the only one. Anything else is an error that names those there are.

import type { Client } from '../../shared/api/client.ts';
import { ServiceError } from '../../shared/api/errors.ts';
import type { LogView } from '../../shared/api/views.ts';

export async function chooseLog(client: Client, name: string | undefined): Promise<LogView> {
  const logs = await client.call('logs.list', {});
  const [only] = logs;
  if (name === undefined && logs.length === 1 && only !== undefined) return only;
  const chosen = logs.find((log) => log.name === name);
  if (chosen !== undefined) return chosen;
  const message = name === undefined ? 'which log? name one with --log' : `there is no log "${name}"`;
  const there =
    logs.length === 0 ? 'the workspace holds no logs' : `there are: ${logs.map((log) => log.name).join(', ')}`;
  throw new ServiceError({ code: name === undefined ? 'bad-request' : 'not-found', message, hint: there });
}
