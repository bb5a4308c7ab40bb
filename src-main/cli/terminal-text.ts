// Text on its way to a terminal. Names come from files of others and may hold what a terminal would obey: it shows a
// replacement character instead. Left alone are the line breaks and the colours and cleared lines of our own.

const ESCAPE = String.fromCharCode(27);
const OBEYED = new RegExp(
  `${ESCAPE}(?!\\[(?:\\d+m|K))|[\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001a\\u001c-\\u001f\\u007f-\\u009f]`,
  'g',
);

export const terminalText = (text: string): string => text.replace(OBEYED, '\ufffd');
