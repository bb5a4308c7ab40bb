// An error as one line for the terminal: `landfall: place: what (what to do)`. The stack shows with LANDFALL_DEBUG;
// an error that nobody foresaw says so.

import { ServiceError } from '../../shared/api/errors.ts';

export function errorLine(error: unknown, env: Readonly<Record<string, string | undefined>>): string {
  if (!(error instanceof Error)) return `landfall: ${String(error)}\n`;
  if (env.LANDFALL_DEBUG) return `landfall: ${error.stack ?? error.message}\n`;
  if (!(error instanceof ServiceError)) return `landfall: ${oneLine(error.message)} (LANDFALL_DEBUG=1 shows where)\n`;
  const isNamed = error.place === undefined || error.message.includes(error.place);
  const place = isNamed ? '' : `${error.place}: `;
  const hint = error.hint === undefined ? '' : ` (${error.hint})`;
  return `landfall: ${place}${oneLine(error.message)}${hint}\n`;
}

const oneLine = (text: string): string => text.replace(/\s*\n\s*/g, ' ');
