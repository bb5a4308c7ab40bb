// Parameters of a query: numbers, and that each is one that there is.

import { ServiceError } from '../../../shared/api/errors.ts';
import { didYouMean } from '../../../shared/base/nearest-name.ts';

/** `usual` when it is not there. Throws `bad-request` with the parameter's name. */
export function wholeParameter(query: URLSearchParams, name: string, usual: number, most: number): number {
  const text = query.get(name);
  if (text === null) return usual;
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (value <= most) return value;
  throw new ServiceError({ code: 'bad-request', message: `${name} is a whole number, 0 to ${most}`, place: name });
}

/**
 * Throws `bad-request` for a parameter that the path does not know: a mistyped filter would answer about something else,
 * and a mistyped partition say that another one is ready.
 */
export function knowOnly(query: URLSearchParams, known: readonly string[]): void {
  for (const name of query.keys()) {
    if (known.includes(name)) continue;
    const message = `there is no parameter ${JSON.stringify(name)}${didYouMean(name, known)}`;
    throw new ServiceError({ code: 'bad-request', message, place: name, hint: `there are: ${known.join(', ')}` });
  }
}
