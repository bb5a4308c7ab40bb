// The answer of a read that is already there, or null: for code that acts at once and loads nothing.

import type { AnswerOf, ParamsOf } from '../../shared/api/contract.ts';
import type { ReadMethod, Resources } from './resources.ts';

export function readOf<M extends ReadMethod>(resources: Resources, method: M, params: ParamsOf<M>): AnswerOf<M> | null {
  const state = resources.read(method, params);
  return state.status === 'ready' ? state.value : null;
}
