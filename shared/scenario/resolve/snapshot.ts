// A scenario that begins in the midst of an observed night: where its plan starts when that is not written, and what does
// not go with a snapshot. Whether the instant lies within the log, only whoever has the log can say.

import { MS_PER_DAY, MS_PER_HOUR } from '../../base/time.ts';
import type { ScenarioDocument } from '../schema/document.ts';
import { type Frame, HORIZON_MAX_MS, type Resolving, startInstant } from './context.ts';

/** The rest of a night. */
const AFTER_MS = 12 * MS_PER_HOUR;

/** What is planned without a start: a day before the snapshot, for what was on its way, and the horizon after it. Null without a snapshot. */
export function frameBeforeSnapshot({ snapshot, horizon }: ScenarioDocument, zone: string): Frame | null {
  const atMs = snapshot === undefined ? null : startInstant(snapshot, zone);
  if (atMs === null) return null;
  const startMs = atMs - MS_PER_DAY;
  return { startMs, horizonMs: Math.min(MS_PER_DAY + (horizon ?? AFTER_MS), HORIZON_MAX_MS), zone };
}

export function checkSnapshot(r: Resolving, w: ScenarioDocument): void {
  if (w.snapshot === undefined) return;
  const path = ['snapshot'];
  if (w.base?.log === undefined) {
    r.error(path, 'a snapshot is of an observed log: write base: {log: …}');
    return;
  }
  if (w.warmUp !== undefined) r.error(['warmUp'], 'a snapshot needs no warm-up: what comes before it is observed');
  if (w.grow !== undefined) r.error(['grow'], 'pipelines that are not there yet have no observed state to start from');
  if (w.start === undefined) {
    const atMs = startInstant(w.snapshot, r.frame.zone);
    if (atMs === null) r.error(path, 'write the start too: this is a span from it');
    else if (atMs - MS_PER_DAY !== r.frame.startMs) r.error(path, 'the snapshot is between 1970 and 2200');
    return;
  }
  const atMs = r.fromStart(w.snapshot);
  if (atMs <= 0) r.error(path, 'is not after the start');
  else if (atMs >= r.frame.horizonMs) r.error(path, 'is not before the horizon, so nothing is left to play');
}
