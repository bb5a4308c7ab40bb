// What `landfall simulate` says of the observed state that a scenario began with: how much was under way, where the play
// is not at it, and when what had not landed lands.

import type { SnapshotLanding, SnapshotView } from '../../shared/api/views-scenario.ts';
import { formatCount, formatPlural } from './format-table.ts';

/** Rows of the table of figures. */
export function snapshotRows(s: SnapshotView | null): string[][] {
  if (s === null) return [];
  const slots = s.slots.map(({ pool, observed }) => `${formatCount(observed)} of ${pool}`).join(', ');
  const state = `${s.log} at ${instant(s.atMs)}: ${formatCount(s.running)} running, ${formatCount(s.waiting)} waiting${slots === '' ? '' : `; slots ${slots}`}`;
  return [state, ...differences(s), ...s.landings.flatMap(landing)].map((text, i) => [i === 0 ? 'from' : '', text]);
}

function differences(s: SnapshotView): string[] {
  const off = s.slots.filter(({ observed, played }) => observed !== played);
  const apart = [
    ...(s.notPlanned > 0 ? [`${formatCount(s.notPlanned)} that ran are of no planned run: left out`] : []),
    ...(s.notWaiting > 0 ? [`${formatCount(s.notWaiting)} that waited do not wait here`] : []),
    ...(s.waitingUnseen > 0
      ? [`${formatCount(s.waitingUnseen)} wait here of which the log does not say so (a source that is late?)`]
      : []),
    ...off.map(
      ({ pool, observed, played }) => `${pool}: ${formatCount(observed)} slots were taken, here ${formatCount(played)}`,
    ),
  ];
  const more = [
    ...(s.backfills > 0
      ? [`${formatPlural(s.backfills, 'run')} without a schedule, played as a backfill of that date`]
      : []),
    ...(s.unseenRuns > 0
      ? [`${formatPlural(s.unseenRuns, 'run')} that should have begun and are not in the log: left out`]
      : []),
    ...(s.beyondDurations > 0
      ? [`${formatPlural(s.beyondDurations, 'task run')} had run longer than ever seen: taken to end at once`]
      : []),
  ];
  return [apart.length === 0 ? 'the play begins with that state, no difference' : apart.join('; '), ...more];
}

function landing({ target, trials, deadlineMs, p50Ms, p90Ms, p99Ms }: SnapshotLanding): string[] {
  if (trials === 0) return [`${target}: had landed before, or is not due`];
  if (deadlineMs === null) return [`${target}: ${formatCount(trials)} to come (a shorter horizon tells when)`];
  return [`${target}: lands p50 ${landed(p50Ms)}, p90 ${landed(p90Ms)}, p99 ${landed(p99Ms)}`];
}

const landed = (ms: number | null): string => (ms === null ? 'never' : instant(ms));

/** 2025-12-25T02:08:44Z */
const instant = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`;
