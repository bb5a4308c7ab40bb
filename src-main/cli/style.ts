// The few accents of the terminal's text. Off (no TTY, NO_COLOR) they are the identity, so files and pipes get plain
// text.

export interface Style {
  bold(text: string): string;
  dim(text: string): string;
  good(text: string): string;
  bad(text: string): string;
}

const plain = (text: string): string => text;
const sgr =
  (code: number) =>
  (text: string): string =>
    `\x1b[${code}m${text}\x1b[0m`;

export const PLAIN_STYLE: Style = { bold: plain, dim: plain, good: plain, bad: plain };
const COLOUR_STYLE: Style = { bold: sgr(1), dim: sgr(2), good: sgr(32), bad: sgr(31) };

export const styleFor = (colour: boolean): Style => (colour ? COLOUR_STYLE : PLAIN_STYLE);
