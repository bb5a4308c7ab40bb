// Something else to try on the night: other slots in a pool, or a pipeline left out. Each is one more replay.

import { useState } from 'react';
import type { ReplayChange } from '../../shared/api/views-why.ts';

export interface TryFormProps {
  readonly pools: readonly { readonly name: string; readonly slots: number }[];
  readonly pipelines: readonly string[];
  readonly onTry: (change: ReplayChange) => void;
}

export function TryForm({ pools, pipelines, onTry }: TryFormProps) {
  const limited = pools.filter(({ slots }) => slots > 0);
  const [pool, setPool] = useState(limited[0]?.name ?? '');
  const [slots, setSlots] = useState('');
  const [pipeline, setPipeline] = useState('');
  const now = limited.find(({ name }) => name === pool)?.slots ?? 0;
  const wanted = Number(slots);
  const isPipeline = pipelines.includes(pipeline);
  return (
    <div className="try">
      {limited.length > 0 ? (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (wanted > 0) onTry({ kind: 'pool-slots', pool, slots: wanted });
          }}
        >
          <label>
            pool{' '}
            <select value={pool} onChange={(event) => setPool(event.target.value)}>
              {limited.map(({ name, slots: size }) => (
                <option key={name} value={name}>
                  {name} ({size})
                </option>
              ))}
            </select>
          </label>
          <label>
            slots{' '}
            <input
              type="number"
              min={1}
              max={1_000_000}
              placeholder={String(now)}
              value={slots}
              onChange={(event) => setSlots(event.target.value)}
            />
          </label>
          <button type="submit" className="button" disabled={!(wanted > 0)}>
            Play
          </button>
        </form>
      ) : null}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (isPipeline) onTry({ kind: 'remove-pipeline', pipeline });
        }}
      >
        <label>
          without{' '}
          <input
            list="why-pipelines"
            placeholder="a pipeline"
            value={pipeline}
            onChange={(event) => setPipeline(event.target.value)}
          />
        </label>
        <datalist id="why-pipelines">
          {pipelines.slice(0, 500).map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
        <button type="submit" className="button" disabled={!isPipeline}>
          Play
        </button>
      </form>
    </div>
  );
}
