// The receiver: on or off, where clients send to, where their key is, what has come. Switching it on makes the key the
// first time. The key itself is never shown: a screen is shared more easily than a file.

import { useStore } from 'zustand';
import type { ReceiverView } from '../../shared/api/views-live.ts';
import { useApp } from '../state/use-app.ts';
import { formatCount, formatPlural } from '../widgets/format.ts';
import { zonedTime } from '../widgets/zoned-time.ts';

export function ReceiverPanel() {
  const { live } = useApp();
  const { receiver, refusal } = useStore(live);
  if (receiver === null) return <p className="dim">Asking for the receiver…</p>;
  const { on } = receiver;
  return (
    <div className="receiver">
      <p>
        {on ? (
          <>
            <span className="live-dot" aria-hidden="true" /> <b>On.</b> OpenLineage clients and scripts of this machine
            may send events and commands.{' '}
          </>
        ) : (
          <>
            <b>Off.</b> Nothing is taken from other programs.{' '}
          </>
        )}
        <button
          type="button"
          className="button"
          disabled={!on && receiver.url === null}
          onClick={() => live.switchReceiver(!on)}
        >
          {on ? 'Switch off' : 'Switch on'}
        </button>
      </p>
      {refusal === '' ? null : (
        <p role="alert" className="ink-late">
          {refusal}
        </p>
      )}
      {on ? <Settings receiver={receiver} /> : null}
      {on || receiver.received > 0 ? <Counts receiver={receiver} /> : null}
    </div>
  );
}

/** What an OpenLineage client reads from its environment. */
function Settings({ receiver: { url, keyFile } }: { receiver: ReceiverView }) {
  return (
    <pre className="receiver-settings" role="group" aria-label="Settings for an OpenLineage client">
      {`OPENLINEAGE_URL=${url ?? '(nothing listens yet)'}\nOPENLINEAGE_API_KEY=$(cat '${keyFile ?? ''}')`}
    </pre>
  );
}

function Counts({ receiver }: { receiver: ReceiverView }) {
  const { received, known, refused, lastEventUs, lastRefusal, remarks } = receiver;
  const time = zonedTime('UTC');
  return (
    <>
      <p data-figure="received">
        {formatPlural(received, 'event')} received
        {known > 0 ? `, ${formatCount(known)} of them sent before` : ''}
        {refused > 0 ? `, ${formatCount(refused)} refused` : ''}
        {Number.isFinite(lastEventUs) ? ` · last event ${time.full(lastEventUs)} UTC` : ''}
      </p>
      {lastRefusal === '' ? null : <p className="dim">Last refused: {lastRefusal}</p>}
      {remarks.length === 0 ? null : (
        <ul className="receiver-remarks dim">
          {remarks.map((remark) => (
            <li key={remark}>{remark}</li>
          ))}
        </ul>
      )}
    </>
  );
}
