import { expect, test } from 'vitest';
import { State } from '../../../../shared/analysis/state-at.ts';
import { countStates, STATE_MEANINGS, stateWord } from '../../../../src-renderer/graph/model/pipeline-state.ts';
import { NO_STATE } from '../../../../src-renderer/graph/paint/picture.ts';
import { MEANINGS } from '../../../../src-renderer/widgets/meaning.ts';

test('every state of the analysis has its own meaning', () => {
  expect(STATE_MEANINGS[State.early]).toBe('early');
  expect(STATE_MEANINGS[State.whole]).toBe('whole');
  expect(STATE_MEANINGS.toSorted()).toEqual(MEANINGS.toSorted());
});

test('nodes without a state are not counted and have no word', () => {
  const counts = countStates(Uint8Array.of(State.late, NO_STATE, State.late, State.unknown));
  expect(counts[State.late]).toBe(2);
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(3);
  expect(stateWord(NO_STATE)).toBeNull();
});
