// What to ask: how much more, with how many slots of which pool, over how many nights.

import { useState } from 'react';
import type { FitParams } from '../../shared/api/views-fit.ts';

export interface FitFormProps {
  readonly params: FitParams;
  readonly isRunning: boolean;
  readonly onAsk: (params: FitParams) => void;
  readonly onCancel: () => void;
}

export function FitForm({ params, isRunning, onAsk, onCancel }: FitFormProps) {
  const [grow, setGrow] = useState(String(Math.round((params.grow ?? 0) * 100)));
  const [pool, setPool] = useState(params.pool ?? '');
  const [slots, setSlots] = useState(params.slots === null ? '' : String(params.slots));
  const [nights, setNights] = useState(String(params.nights ?? 2_000));
  const submit = (event: React.FormEvent): void => {
    event.preventDefault();
    onAsk({
      ...params,
      grow: grow.trim() === '' ? null : Number(grow) / 100,
      pool: pool.trim() || null,
      slots: slots.trim() === '' || pool.trim() === '' ? null : Number(slots),
      nights: Number(nights) || null,
    });
  };
  return (
    <form className="fit-form" onSubmit={submit}>
      <label>
        pipelines, % more{' '}
        <input type="number" min={-90} max={1_000} value={grow} onChange={(event) => setGrow(event.target.value)} />
      </label>
      <label>
        pool{' '}
        <input
          className="mono"
          value={pool}
          placeholder="the busiest"
          onChange={(event) => setPool(event.target.value)}
        />
      </label>
      <label>
        slots{' '}
        <input
          type="number"
          min={1}
          max={1_000_000}
          value={slots}
          placeholder="as it is"
          disabled={pool.trim() === ''}
          onChange={(event) => setSlots(event.target.value)}
        />
      </label>
      <label>
        nights, at most{' '}
        <input
          type="number"
          min={1}
          max={1_000_000}
          value={nights}
          onChange={(event) => setNights(event.target.value)}
        />
      </label>
      {/* Keys: one button that became the other in the middle of a click would submit what was to be stopped. */}
      {isRunning ? (
        <button key="stop" type="button" className="button" onClick={onCancel}>
          Stop
        </button>
      ) : (
        <button key="play" type="submit" className="button primary">
          Play
        </button>
      )}
    </form>
  );
}
