// Play, speed and the clock of the cursor. The clock's text is written past React: it changes at every frame.

import { Pause, Play } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { cursorIn, type TimeSpan } from '../state/cursor.ts';
import { SPEEDS, type Speed } from '../state/player.ts';
import { useApp } from '../state/use-app.ts';
import { zonedTime } from '../widgets/zoned-time.ts';

export function PlayControls({ span, zone }: { span: TimeSpan | null; zone: string }) {
  const { player } = useApp();
  const { playing, speed } = useStore(player.store);
  return (
    <div className="play-controls">
      <button
        type="button"
        className="button play"
        disabled={span === null}
        aria-label={playing ? 'Pause' : 'Play'}
        title={`${playing ? 'Pause' : 'Play'} (Space)`}
        onClick={player.toggle}
      >
        {playing ? <Pause size={13} aria-hidden="true" /> : <Play size={13} aria-hidden="true" />}
      </button>
      <select
        className="speed"
        aria-label="Speed"
        value={speed}
        disabled={span === null}
        onChange={(event) => player.setSpeed(Number(event.target.value) as Speed)}
      >
        {SPEEDS.map((each) => (
          <option key={each} value={each}>
            {each}×
          </option>
        ))}
      </select>
      <Clock span={span} zone={zone} />
    </div>
  );
}

function Clock({ span, zone }: { span: TimeSpan | null; zone: string }) {
  const { cursor, player } = useApp();
  const text = useRef<HTMLSpanElement>(null);
  const day = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const time = zonedTime(zone);
    const write = (): void => {
      const us = span ? cursorIn(cursor.getState(), span) : Number.NaN;
      const fraction = player.store.getState().playing ? '' : fractionText(us);
      if (text.current) text.current.textContent = time.clockSeconds(us) + fraction;
      if (day.current) day.current.textContent = span ? `${time.day(us)} · ${time.zone}` : time.zone;
    };
    write();
    const stops = [cursor.subscribe(write), player.store.subscribe(write)];
    return () => {
      for (const stop of stops) stop();
    };
  }, [cursor, player, span, zone]);
  return (
    <span className="cursor-clock">
      <span className="mono" ref={text} data-figure="cursor-clock" />
      <span className="dim" ref={day} />
    </span>
  );
}

/** `.312` where the cursor stands inside a second, as it does on events. */
function fractionText(us: number): string {
  const ms = Math.floor(us / 1_000) % 1_000;
  return ms > 0 ? `.${String(ms).padStart(3, '0')}` : '';
}
