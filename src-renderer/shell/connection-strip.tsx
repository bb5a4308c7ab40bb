// Says that the connection is lost, what happens next, and what to do; nothing while all is well.

import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { Connection } from '../client/connection.ts';
import { useApp } from '../state/use-app.ts';

export function ConnectionStrip() {
  const { client, connection } = useApp();
  const state = useStore(connection);
  if (state.status === 'open' || state.status === 'connecting') return null;
  return (
    <div className="connection-strip" role="alert">
      {state.status === 'refused' ? (
        <span>
          <b>This page is not let in.</b> Its link was used already or Landfall was started anew. Open the link that
          Landfall printed at its last start.
        </span>
      ) : (
        <span>
          <b>Connection lost.</b> What is shown is as of before. <Countdown state={state} />
        </span>
      )}
      <button type="button" className="button" onClick={client.retryNow}>
        Try now
      </button>
    </div>
  );
}

function Countdown({ state }: { state: Connection }) {
  const [nowMs, setNowMs] = useState(() => performance.now());
  useEffect(() => {
    const timer = setInterval(() => setNowMs(performance.now()), 500);
    return () => clearInterval(timer);
  }, []);
  if (state.retryAtMs === null) return <>Trying again now…</>;
  return <>Trying again in {Math.max(1, Math.ceil((state.retryAtMs - nowMs) / 1_000))} s.</>;
}
