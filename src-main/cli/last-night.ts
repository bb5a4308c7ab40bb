// The log that a question is about when it names none: the observed night that ended last, else the log that did.

import type { Client } from '../../shared/api/client.ts';
import type { LogView } from '../../shared/api/views.ts';
import { chooseLog } from './choose-log.ts';

const NIGHT_MAX_US = 2 * 86_400e6;

/** Throws ServiceError for an unknown name, and for a workspace without logs. */
export async function lastNight(client: Client, name: string | undefined): Promise<LogView> {
  if (name !== undefined) return chooseLog(client, name);
  const logs = await client.call('logs.list', {});
  const nights = logs.filter(({ source, fromUs, toUs }) => source === 'observed' && toUs - fromUs <= NIGHT_MAX_US);
  const chosen = (nights.length > 0 ? nights : logs).reduce<LogView | null>(later, null);
  return chosen ?? chooseLog(client, undefined);
}

function later(a: LogView | null, b: LogView): LogView {
  if (a === null || b.toUs > a.toUs) return b;
  return b.toUs === a.toUs && b.name > a.name ? b : a;
}
