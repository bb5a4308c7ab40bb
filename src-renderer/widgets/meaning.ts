// The five meanings of the screens and the unknown, each with a word and a tone.

export const MEANINGS = ['waiting', 'running', 'whole', 'late', 'early', 'unknown'] as const;
export type Meaning = (typeof MEANINGS)[number];

/** As said beside a mark. */
export const MEANING_WORDS: Readonly<Record<Meaning, string>> = {
  waiting: 'waiting',
  running: 'running',
  whole: 'whole',
  late: 'late or failed',
  early: 'read too early',
  unknown: 'unknown',
};

/** The tone of text and shapes; waiting and unknown have none of their own. */
export const MEANING_TONES: Readonly<Record<Meaning, string>> = {
  waiting: 'wait',
  running: 'run',
  whole: 'whole',
  late: 'late',
  early: 'early',
  unknown: 'wait',
};
