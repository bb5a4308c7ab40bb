// Shows a piece of a foreign file inside a message: cut to a length, on one line, with nothing in it that a terminal
// or a reader's eye would obey (control characters, line separators, bidirectional overrides).

const SHOWN_CHARACTERS_MAX = 60;

/** `"…"` with everything unprintable escaped as \uXXXX. */
export function quote(text: string): string {
  const cut = text.length > SHOWN_CHARACTERS_MAX ? `${text.slice(0, SHOWN_CHARACTERS_MAX)}…` : text;
  return JSON.stringify(cut).replace(UNSAFE, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** DEL and C1 controls, zero-width and bidirectional marks, line and paragraph separators, a byte order mark. */
const UNSAFE = /[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;
