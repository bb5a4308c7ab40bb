// An error of a query in plain words: what is wrong, and what to do. DuckDB's own words stay beside it, since they are what
// people search for. Pure.

import type { ErrorCode } from '../../shared/api/errors.ts';

export interface ErrorWords {
  readonly title: string;
  readonly advice: string;
}

type Rule = readonly [pattern: RegExp, title: (found: string) => string, advice: (message: string) => string];

const RULES: readonly Rule[] = [
  [
    /syntax error at end of input/,
    () => 'The query ends too early.',
    () => 'A bracket may be open, or a name, value or table is missing at the end.',
  ],
  [
    /unterminated quoted/,
    () => 'A quote is opened and never closed.',
    () => "Text stands between '…'; a quote inside it is written twice.",
  ],
  [
    /syntax error at or near "(.*?)"/,
    (near) => `The query is not understood at ${near}.`,
    () => 'Look just before it for a missing comma, quote or bracket, or a misspelt word.',
  ],
  [
    /Referenced column "(.*?)" not found/,
    (column) => `There is no column ${column} in what is asked of.`,
    (message) => didYouMean(message, 'The tables beside have their columns.'),
  ],
  [
    /does not have a column named "(.*?)"/,
    (column) => `There is no column ${column} in the table that it is asked of.`,
    (message) => didYouMean(message, 'The tables beside have their columns.'),
  ],
  [
    /Referenced table "(.*?)" not found/,
    (table) => `${table} is none of the tables that are asked.`,
    (message) => didYouMean(message, 'A table that has another name after FROM or JOIN goes by that one.'),
  ],
  [
    /Table with name (\S+) does not exist/,
    (table) => `There is no table or view ${table}.`,
    (message) => didYouMean(message, 'All there are stand beside.'),
  ],
  [
    /Function with name (\S+) does not exist/,
    (name) => `There is no function ${name}.`,
    (message) => didYouMean(message, 'Functions are DuckDB’s.'),
  ],
  [
    /Ambiguous reference to column name "(.*?)"/,
    (column) => `More than one table has a column ${column}.`,
    () => 'Put the name of the table before it: table.column.',
  ],
  [
    /disabled by configuration/,
    () => 'Files and addresses are out of reach here.',
    () => 'A query reads this workspace and nothing else.',
  ],
  [
    /^only SELECT may run here/,
    () => 'Only a SELECT may run here.',
    () => 'The workspace is read-only: a query looks, and changes nothing.',
  ],
  [
    /^one query at a time/,
    () => 'One query at a time.',
    (message) =>
      message.includes('PIVOT')
        ? 'Name the values of a PIVOT: PIVOT … ON column IN (a, b).'
        : 'Leave one, and take the others out.',
  ],
  [/^there is no query here/, () => 'There is no query here.', () => 'There are only comments or spaces.'],
  [/^a parameter/, () => 'A parameter has no value here.', () => 'Write the value out in place of ? or $1.'],
  [
    /must appear in the GROUP BY/,
    () => 'A column is neither grouped by nor counted up.',
    () => 'Add it to GROUP BY, or take any_value(…), min(…) or max(…) of it.',
  ],
  [
    /^Conversion Error/,
    () => 'A value cannot be made into the type that is asked for.',
    () => 'try_cast(… AS type) gives NULL where it cannot be done.',
  ],
];

const FALLBACK: ErrorWords = { title: 'The query cannot be run.', advice: '' };

export interface QueryFault {
  readonly code: ErrorCode;
  readonly message: string;
  readonly hint?: string | undefined;
}

export function errorWords({ code, message, hint = '' }: QueryFault): ErrorWords {
  if (code !== 'bad-request') return { title: sentence(message), advice: hint === '' ? '' : sentence(hint) };
  for (const [pattern, title, advice] of RULES) {
    const found = pattern.exec(message);
    if (found) return { title: title(found[1] ?? ''), advice: advice(message) };
  }
  return FALLBACK;
}

/** Without the line that DuckDB shows: the screen shows the place itself. */
export const duckWords = (message: string): string => message.replace(/\n\nLINE \d+: [^]*$/, '').trim();

/** DuckDB's own guesses, in its quotes, or `otherwise`. */
function didYouMean(message: string, otherwise: string): string {
  const guesses = /(?:Candidate (?:bindings|tables): |Did you mean )([^\n]*)/.exec(message)?.[1] ?? '';
  const names = [...guesses.matchAll(/"([^"]+)"/g)].map(([, name]) => name);
  return names.length === 0 ? otherwise : `Did you mean ${names.slice(0, 4).join(', ')}? ${otherwise}`;
}

function sentence(text: string): string {
  const upper = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(upper) ? upper : `${upper}.`;
}
