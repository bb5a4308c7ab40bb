// A terminal obeys no name: escape sequences and control characters are shown, not sent.

import { expect, test } from 'vitest';
import { styleFor } from '../../../src-main/cli/style.ts';
import { terminalText } from '../../../src-main/cli/terminal-text.ts';

test.each([
  ['a title is set', '\x1b]0;owned\x07', '\ufffd]0;owned\ufffd'],
  ['the screen is cleared', 'date=\x1b[2J', 'date=\ufffd[2J'],
  ['one byte begins a sequence', '\x9b2J', '\ufffd2J'],
  ['letters are taken back', 'ok\x08\x08no', 'ok\ufffd\ufffdno'],
])('%s', (_, text, shown) => expect(terminalText(text)).toBe(shown));

test('our own colours, lines, tabs and progress stay', () => {
  const ours = `${styleFor(true).dim('name')}\tZürich 東京 😀\r\x1b[K\n`;
  expect(terminalText(ours)).toBe(ours);
});
