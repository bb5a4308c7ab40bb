// Shows a piece of a foreign file inside a message: cut to a length, on one line, with nothing in it that a terminal
// or a reader's eye would obey (control characters, line separators, bidirectional overrides).

const SHOWN_CHARACTERS_MAX = 60;

/** `"…"` with everything unprintable escaped as \uXXXX. */
export function quote(text: string): string {
  const cut = text.length > SHOWN_CHARACTERS_MAX ? `${text.slice(0, SHOWN_CHARACTERS_MAX)}…` : text;
  return JSON.stringify(cut).replace(UNSAFE, escaped);
}

/** A sentence with pieces of a foreign file in it, on one line and with nothing unprintable. */
export function printable(sentence: string): string {
  const cut = sentence.length > SENTENCE_CHARACTERS_MAX ? `${sentence.slice(0, SENTENCE_CHARACTERS_MAX)}…` : sentence;
  return cut.replace(CONTROL, escaped).replace(UNSAFE, escaped);
}

const SENTENCE_CHARACTERS_MAX = 1_000;

const escaped = (c: string): string => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** C0 controls, which JSON text has escaped already. */
const CONTROL = /\p{Cc}/gu;

/** DEL and C1 controls, zero-width and bidirectional marks, line and paragraph separators, a byte order mark. */
const UNSAFE = /[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;
