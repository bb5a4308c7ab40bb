// A sentence with figures in it: plain text, names in mono, and figures that lead to their evidence. Sentences are
// made as data (pure functions, tested) and only drawn here.

import type { Tone } from './tag.tsx';

export interface SentencePart {
  readonly text: string;
  readonly tone?: Tone;
  /** A name of a thing. */
  readonly isName?: boolean;
  /** Where it leads; the owner of the sentence knows what it means. */
  readonly to?: string;
  /** What tests and scripts find the figure by. */
  readonly figure?: string;
}

export type Sentence = readonly (string | SentencePart)[];

export function SentenceText({ parts, onOpen }: { parts: Sentence; onOpen: (to: string) => void }) {
  return parts.map((part, i) => {
    // The parts of a sentence have no other identity.
    return <Part key={i} part={typeof part === 'string' ? { text: part } : part} onOpen={onOpen} />;
  });
}

function Part({ part, onOpen }: { part: SentencePart; onOpen: (to: string) => void }) {
  const { text, tone, isName, to, figure } = part;
  const className = [isName ? 'mono' : '', tone ? `ink-${tone}` : '', to ? 'link' : ''].filter(Boolean).join(' ');
  if (to !== undefined) {
    return (
      <button type="button" className={className} data-figure={figure} onClick={() => onOpen(to)}>
        {text}
      </button>
    );
  }
  if (className === '' && figure === undefined) return text;
  return (
    <span className={className || undefined} data-figure={figure}>
      {text}
    </span>
  );
}

/** The sentence as plain text, for titles and tests. */
export const plainSentence = (parts: Sentence): string =>
  parts.map((part) => (typeof part === 'string' ? part : part.text)).join('');
