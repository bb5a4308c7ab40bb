import { describe, expect, it } from 'vitest';
import { formatCount, formatPlural, formatTable } from '../../../src-main/cli/format-table.ts';
import { styleFor } from '../../../src-main/cli/style.ts';

describe('formatTable', () => {
  it('aligns by the widest cell and leaves no space at line ends', () => {
    const table = formatTable(
      [
        ['a', '1', 'x'],
        ['bcd', '1,000', ''],
      ],
      ['left', 'right', 'left'],
      ['name', 'n', ''],
    );
    expect(table).toBe('name      n\na         1  x\nbcd   1,000\n');
  });

  it('gives colours no width', () => {
    const { bad } = styleFor(true);
    expect(
      formatTable(
        [
          [bad('12'), 'x'],
          ['345', 'y'],
        ],
        ['right', 'left'],
      ),
    ).toBe(` ${bad('12')}  x\n345  y\n`);
  });
});

it('writes counts as people read them', () => {
  expect([0, 999, 1_000, 3_200_000_000, Number.NaN].map(formatCount)).toEqual([
    '0',
    '999',
    '1,000',
    '3,200,000,000',
    'unknown',
  ]);
  expect([formatPlural(1, 'log'), formatPlural(2_000, 'log'), formatPlural(0, 'entry', 'entries')]).toEqual([
    '1 log',
    '2,000 logs',
    '0 entries',
  ]);
});
