// Bodies of requests as the server must know them before and while it reads them: what kind it is by its first bytes, and
// a command's JSON as a plain value. The same care as for events: bounded depth, no key twice, no placeholders.

import { ServiceError } from '../../../shared/api/errors.ts';
import { isObject, type JsonValue } from '../../importers/json/json-value.ts';
import { parseBody, startsBatch } from '../../importers/openlineage/receive-events.ts';
import { isTemplate } from '../../importers/openlineage/template.ts';
import { quote } from '../../importers/text/quote.ts';

/** null while only space has come. */
export function bodyKind(start: Uint8Array): 'batch' | 'event' | null {
  const isBatch = startsBatch(start);
  return isBatch === null ? null : isBatch ? 'batch' : 'event';
}

/** The object of a command's body. Throws `not-json`, `too-deep`, `duplicate-key`, `too-large`, `template`. */
export function commandBody(bytes: Uint8Array): object {
  const parsed = parseBody(bytes);
  if (!parsed.ok) throw new ServiceError({ code: parsed.error.code, message: parsed.error.reason });
  const { value } = parsed.value;
  if (!isObject(value)) throw new ServiceError({ code: 'bad-request', message: 'a JSON object is wanted' });
  refuseTemplates(value, '');
  return value;
}

function refuseTemplates(value: JsonValue | undefined, place: string): void {
  if (typeof value === 'string' && isTemplate(value)) {
    const message = `${place} is a template that nobody filled in: ${quote(value)}`;
    throw new ServiceError({ code: 'template', message, place });
  }
  if (typeof value !== 'object' || value === null) return;
  for (const [key, member] of Object.entries(value)) refuseTemplates(member, place === '' ? key : `${place}.${key}`);
}
