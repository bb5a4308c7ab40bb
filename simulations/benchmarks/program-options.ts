// The options of a program that is started by hand (benchmarks, soak, torture), read in one way: `--help` prints what
// there is, and what is unknown or wrong is one line and exit code 2, never a stack.

import { parseArgs } from 'node:util';

/** What somebody typed is wrong; the message is the line for them. */
export class UsageError extends Error {}

export interface Option<T> {
  /** What stands for its value in the help; "" for a flag. */
  readonly argument: string;
  /** What is read where it is not given; null for an option that is off then. */
  readonly usual: string | null;
  /** For the help; "" hides it: a program starts itself with some. */
  readonly what: string;
  /** Throws UsageError. */
  read(text: string): T;
}

type Options = Readonly<Record<string, Option<unknown>>>;
export type ValuesOf<O extends Options> = {
  readonly [K in keyof O]: O[K] extends Option<infer T> ? T : never;
};

/** A whole number above 0. */
export const whole = (usual: number, what: string): Option<number> => ({
  argument: 'N',
  usual: String(usual),
  what,
  read: readWhole,
});

/** Off unless it is given: null. */
export const wholeOrOff = (what: string): Option<number | null> => ({
  argument: 'N',
  usual: null,
  what,
  read: readWhole,
});

/** Whole numbers with commas between. */
export const wholes = (usual: string, what: string): Option<readonly number[]> => ({
  argument: 'N,N',
  usual,
  what,
  read: (text) => text.split(',').map(readWhole),
});

/** Some of these names, with commas between; all of them unless it is given. */
export const someOf = (names: readonly string[], what: string): Option<readonly string[]> => ({
  argument: 'NAME,NAME',
  usual: names.join(','),
  what,
  read(text) {
    const asked = text.split(',');
    const unknown = asked.find((name) => !names.includes(name));
    if (unknown !== undefined) throw new UsageError(`${JSON.stringify(unknown)} is not one of ${names.join(', ')}`);
    return asked;
  },
});

export const folder = (usual: string, what: string): Option<string> => ({
  argument: 'FOLDER',
  usual,
  what,
  read: (text) => text,
});

export const flag = (what: string): Option<boolean> => ({ argument: '', usual: null, what, read: () => true });

/** What a program starts itself with: not in the help. Null where a person started it. */
export const inner = (): Option<string | null> => ({ argument: 'TEXT', usual: null, what: '', read: (text) => text });

function readWhole(text: string): number {
  const value = /^\d{1,15}$/.test(text) ? Number(text) : 0;
  if (value > 0) return value;
  throw new UsageError(`${JSON.stringify(text)}: a whole number above 0 is wanted`);
}

export interface Program<O extends Options> {
  /** How it is started: `npm run soak --`. */
  readonly command: string;
  /** One clause. */
  readonly does: string;
  readonly options: O;
}

/** The values, or null when help is asked for. Throws UsageError. */
export function readOptions<O extends Options>({ options }: Program<O>, argv: readonly string[]): ValuesOf<O> | null {
  const given = parsed(options, argv);
  if (given.help === true) return null;
  const values = Object.entries(options).map(([name, option]) => [name, valueOf(name, option, given[name])]);
  return Object.fromEntries(values) as ValuesOf<O>;
}

function parsed(options: Options, argv: readonly string[]): Readonly<Record<string, string | boolean | undefined>> {
  const named = Object.entries(options).map(
    ([name, { argument }]) => [name, { type: argument === '' ? 'boolean' : 'string' }] as const,
  );
  const help = { type: 'boolean', short: 'h' } as const;
  try {
    return parseArgs({ args: [...argv], options: { ...Object.fromEntries(named), help }, allowPositionals: false })
      .values;
  } catch (error) {
    // Node goes on with advice on how to write a positional argument.
    throw new UsageError(error instanceof Error ? (error.message.split('. ')[0] ?? '') : String(error));
  }
}

function valueOf(
  name: string,
  { usual, argument, read }: Option<unknown>,
  given: string | boolean | undefined,
): unknown {
  const text = given ?? usual;
  if (text === null) return argument === '' ? false : null;
  try {
    return read(String(text));
  } catch (error) {
    throw error instanceof UsageError ? new UsageError(`--${name} ${error.message}`) : error;
  }
}

/** The usage, an option a line. */
export function usageText({ command, does, options }: Program<Options>): string {
  const rows = Object.entries(options)
    .filter(([, { what }]) => what !== '')
    .map(([name, { argument, usual, what }]) => {
      const end = usual === null ? '' : ` (${usual})`;
      return [`--${name} ${argument}`.trim(), `${what}${end}`] as const;
    });
  const width = Math.max(...rows.map(([left]) => left.length));
  const lines = [...rows, ['--help', 'this'] as const].map(([left, right]) => `  ${left.padEnd(width)}  ${right}\n`);
  return `${command} [options]: ${does}\n\n${lines.join('')}`;
}

/** The values of this process's own arguments. Prints and ends the process for `--help` and for what is wrong. */
export function programOptions<O extends Options>(program: Program<O>): ValuesOf<O> {
  try {
    const values = readOptions(program, process.argv.slice(2));
    if (values !== null) return values;
    process.stdout.write(usageText(program));
    process.exit(0);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`${error.message} (--help lists the options)\n`);
    process.exit(2);
  }
}
