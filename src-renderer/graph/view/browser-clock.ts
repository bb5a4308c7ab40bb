// The clock of a page.

import type { Clock } from './camera.ts';

export const browserClock: Clock = {
  nowMs: () => performance.now(),
  nextFrame: (callback) => {
    requestAnimationFrame(callback);
  },
  after: (ms, callback) => {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};
