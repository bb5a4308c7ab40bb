// Numbers in a query.

import { ServiceError } from '../../../shared/api/errors.ts';

/** `usual` when it is not there. Throws `bad-request` with the parameter's name. */
export function wholeParameter(query: URLSearchParams, name: string, usual: number, most: number): number {
  const text = query.get(name);
  if (text === null) return usual;
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (value <= most) return value;
  throw new ServiceError({ code: 'bad-request', message: `${name} is a whole number, 0 to ${most}`, place: name });
}
