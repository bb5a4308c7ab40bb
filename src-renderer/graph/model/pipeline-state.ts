// The state of a pipeline as of the cursor, as the number of shared/analysis, and what the screen says and shows for it.
// A dataset has no state of its own here.

import { State } from '../../../shared/analysis/state-at.ts';
import { MEANING_WORDS, type Meaning } from '../../widgets/meaning.ts';

const BY_STATE: Readonly<Record<State, Meaning>> = {
  [State.unknown]: 'unknown',
  [State.whole]: 'whole',
  [State.waiting]: 'waiting',
  [State.running]: 'running',
  [State.late]: 'late',
  [State.early]: 'early',
};

/** By state number. */
export const STATE_MEANINGS: readonly Meaning[] = Object.values(State).map((state) => BY_STATE[state]);

export const STATE_COUNT = STATE_MEANINGS.length;

/** `running`, `late or failed`; null for a node without a state. */
export function stateWord(state: number): string | null {
  const meaning = STATE_MEANINGS[state];
  return meaning === undefined ? null : MEANING_WORDS[meaning];
}

/** How many nodes are in each state; those without one are left out. */
export function countStates(states: Uint8Array): number[] {
  const counts = Array.from({ length: STATE_COUNT }, () => 0);
  for (const state of states) if (state < STATE_COUNT) counts[state]++;
  return counts;
}
