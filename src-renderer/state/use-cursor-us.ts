// The cursor for panels of text: the moment it stands at, told a few times a second while it moves and once it rests.
// What is painted at every frame subscribes to the cursor itself.

import { useEffect, useState } from 'react';
import { cursorIn, type TimeSpan } from './cursor.ts';
import { useApp } from './use-app.ts';

const EVERY_MS = 120;

export function useCursorUs(span: TimeSpan): number {
  const { cursor } = useApp();
  const [told, setTold] = useState(() => ({ span, us: cursorIn(cursor.getState(), span) }));
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const tell = (): void => {
      timer = undefined;
      setTold({ span, us: cursorIn(cursor.getState(), span) });
    };
    tell();
    const stop = cursor.subscribe(() => {
      timer ??= setTimeout(tell, EVERY_MS);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [cursor, span]);
  // A moment of another log is none of this one, not even until the effect has run.
  return told.span === span ? told.us : cursorIn(cursor.getState(), span);
}
