// Options of programs that are started by hand: what was meant, what is wrong in one line, and the help.

import { describe, expect, it } from 'vitest';
import {
  flag,
  folder,
  inner,
  readOptions,
  someOf,
  UsageError,
  usageText,
  whole,
  wholeOrOff,
  wholes,
} from '../../../simulations/benchmarks/program-options.ts';

const PROGRAM = {
  command: 'npm run bench --',
  does: 'measures',
  options: {
    only: someOf(['day', 'model'], 'what is measured'),
    sizes: wholes('1,20', 'sizes'),
    repeat: whole(3, 'how often'),
    kills: wholeOrOff('so many kills'),
    dir: folder('/tmp', 'where'),
    json: flag('as JSON'),
    part: inner(),
  },
};
const read = (...argv: string[]) => readOptions(PROGRAM, argv);

describe('options of a program', () => {
  it('are what is usual where nothing is given', () => {
    expect(read()).toEqual({
      only: ['day', 'model'],
      sizes: [1, 20],
      repeat: 3,
      kills: null,
      dir: '/tmp',
      json: false,
      part: null,
    });
  });

  it('are read as what they are', () => {
    expect(read('--only', 'model', '--sizes=7', '--kills', '5', '--json', '--part', 'day 7')).toMatchObject({
      only: ['model'],
      sizes: [7],
      kills: 5,
      json: true,
      part: 'day 7',
    });
  });

  it.each([
    [['--nothing'], "Unknown option '--nothing'"],
    [['more'], "Unexpected argument 'more'"],
    [['--repeat'], /^Option '--repeat <value>' argument missing/],
    [['--repeat', '0'], '--repeat "0": a whole number above 0 is wanted'],
    [['--repeat', '1.5'], '--repeat "1.5": a whole number above 0 is wanted'],
    [['--sizes', '1,,2'], '--sizes "": a whole number above 0 is wanted'],
    [['--only', 'day,night'], '--only "night" is not one of day, model'],
  ])('%j is refused in one line', (argv, message) => {
    expect(() => read(...argv)).toThrow(UsageError);
    expect(() => read(...argv)).toThrow(message);
    expect(() => read(...argv)).not.toThrow('\n');
  });

  it('are listed for --help, but for those that a program starts itself with', () => {
    expect(read('--help', '--repeat', '9')).toBeNull();
    expect(read('-h')).toBeNull();
    expect(usageText(PROGRAM)).toBe(
      [
        'npm run bench -- [options]: measures',
        '',
        '  --only NAME,NAME  what is measured (day,model)',
        '  --sizes N,N       sizes (1,20)',
        '  --repeat N        how often (3)',
        '  --kills N         so many kills',
        '  --dir FOLDER      where (/tmp)',
        '  --json            as JSON',
        '  --help            this',
        '',
      ].join('\n'),
    );
  });
});
