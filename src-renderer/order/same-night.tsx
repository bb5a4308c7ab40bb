// What the other observed logs of the same night can tell of early reads: the same facts, other evidence. A log without
// the events that name versions and rows can show an overlap where a richer one has a proof.

import { useStore } from 'zustand';
import type { LogView } from '../../shared/api/views.ts';
import { useApp, useResource } from '../state/use-app.ts';
import { formatCount } from '../widgets/format.ts';

/** Nights that begin this close together are one. */
const SAME_NIGHT_US = 6 * 3_600_000_000;
const SHOWN_MAX = 4;

export function SameNight({ log }: { log: LogView }) {
  const state = useStore(useApp().workspace);
  const others = (state.status === 'ready' ? state.value.logs : []).filter(
    (other) =>
      other.name !== log.name &&
      other.source === 'observed' &&
      Math.abs(other.fromUs - log.fromUs) < SAME_NIGHT_US &&
      Math.abs(other.toUs - log.toUs) < 2 * SAME_NIGHT_US,
  );
  if (others.length === 0) return null;
  return (
    <>
      <h2 className="order-advice">The same night, as other logs tell it</h2>
      <ul className="advice">
        {others.slice(0, SHOWN_MAX).map((other) => (
          <Other key={other.name} log={other} />
        ))}
      </ul>
    </>
  );
}

function Other({ log }: { log: LogView }) {
  const { view } = useApp();
  const summary = useResource('log.summary', { log: log.name });
  return (
    <li>
      <button
        type="button"
        className="mono link"
        onClick={() => view.setState({ log: log.name, screen: 'order', subject: null })}
      >
        {log.name}
      </button>{' '}
      {summary.status === 'ready' ? (
        <>
          <b>{formatCount(summary.value.earlyReads.proved)} proved</b> · {formatCount(summary.value.earlyReads.overlap)}{' '}
          overlap · {formatCount(summary.value.earlyReads.cannotTell)} cannot tell
        </>
      ) : null}
      <span className="dim block">{log.title}</span>
    </li>
  );
}
