// When a workflow was executed, as WfFormat files spell it: RFC 3339, the basic form of ISO 8601 (`20200401T054215+0000`),
// and month first with two digits of the year (`05-10-23T16:23:32Z` is the 10th of May 2023).

import { parseInstant, US_PER_MS } from '../../../shared/base/time.ts';

const BASIC = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})(Z|[+-]\d{2}:?\d{2})$/;
const MONTH_FIRST = /^(\d{2})-(\d{2})-(\d{2})T(\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2}))$/;

/** Milliseconds since the epoch, or null for any other text. */
export function parseExecutionTime(text: string): number | null {
  const us = parseInstant(
    text
      .replace(BASIC, (_, year, month, day, hour, minute, second, zone) => {
        return `${year}-${month}-${day}T${hour}:${minute}:${second}${zone}`;
      })
      .replace(MONTH_FIRST, (_, month, day, year, rest) => `20${year}-${month}-${day}T${rest}`),
  );
  return us === null ? null : us / US_PER_MS;
}
