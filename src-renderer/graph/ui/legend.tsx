// What the marks and lines mean, with how many pipelines are in each state as of the cursor.

import { State } from '../../../shared/analysis/state-at.ts';
import { MEANING_WORDS } from '../../widgets/meaning.ts';
import { StateMark } from '../../widgets/state-mark.tsx';
import { EdgeKind } from '../model/graph-model.ts';
import { countStates, STATE_MEANINGS } from '../model/pipeline-state.ts';
import { useGraph } from './control-context.ts';

/** In the order in which a night goes. */
const ORDER = [State.waiting, State.running, State.whole, State.late, State.early, State.unknown];

export function Legend() {
  const states = useGraph((state) => state.states);
  const isKnown = useGraph((state) => state.hasStates);
  const hasUndeclared = useGraph((state) => state.scene?.model.edgeKind.includes(EdgeKind.readsUndeclared) ?? false);
  const counts = countStates(states);
  const isColoured = counts.some((count) => count > 0);
  return (
    <div className="graph-legend" data-testid="graph-legend">
      {isColoured ? (
        ORDER.filter((state) => state !== State.unknown || counts[state] > 0).map((state) => (
          <span key={state} className={counts[state] === 0 ? 'none' : undefined}>
            <StateMark meaning={STATE_MEANINGS[state]} />
            {MEANING_WORDS[STATE_MEANINGS[state]]} <b>{counts[state].toLocaleString('en')}</b>
          </span>
        ))
      ) : (
        <span>{isKnown ? 'no times in this log: nothing is coloured' : ''}</span>
      )}
      {hasUndeclared ? (
        <span>
          <svg width="22" height="8" aria-hidden="true">
            <path d="M0 4H22" stroke="var(--early)" strokeWidth="1.5" strokeDasharray="4 3" />
          </svg>
          reads, no wait declared
        </span>
      ) : null}
    </div>
  );
}
