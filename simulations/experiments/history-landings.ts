// How observed nights did against a landing target: one landing a partition of the dataset, its first publish, against
// when it was due. A night that has no landing in the log is not counted: nothing says that it was due.

import { MS_PER_DAY, US_PER_MS } from '../../shared/base/time.ts';
import { EventKind } from '../../shared/model/event.ts';
import type { Log } from '../../shared/model/log.ts';
import type { Target } from '../../shared/scenario/scenario.ts';
import { clockFrom } from '../orchestrator/run-plan/deadlines.ts';
import { Zones } from '../orchestrator/run-plan/zones.ts';

export type LandingTarget = Extract<Target, { kind: 'landing' }>;

export interface NightLanding {
  /** `2025-12-24`. */
  readonly night: string;
  /** Landing less deadline; negative when early. */
  readonly lateMs: number;
}

/** Of the log that knows most nights of the dataset, ascending; empty when none knows any. */
export function historyLandings(logs: readonly Log[], target: LandingTarget): NightLanding[] {
  const all = logs.filter(({ source }) => source === 'observed').map((log) => landingsIn(log, target));
  return all.reduce((most, each) => (each.length > most.length ? each : most), []);
}

function landingsIn(log: Log, target: LandingTarget): NightLanding[] {
  const dataset = log.names.datasets.name.indexOf(target.dataset);
  if (dataset < 0) return [];
  const landedUs = new Map<string, number>();
  const kind = log.landing === 'published' ? EventKind.versionPublished : EventKind.versionFinalized;
  for (const chunk of log.chunks)
    for (let i = 0; i < chunk.rows; i++) {
      if (chunk.kind[i] !== kind || log.versions.dataset[chunk.version[i]] !== dataset) continue;
      const key = log.versions.partitionKey[chunk.version[i]];
      const night = key < 0 ? null : /(?:^|\/)date=(\d{4}-\d{2}-\d{2})$/.exec(log.names.texts[key]);
      if (night) landedUs.set(night[1], Math.min(chunk.timeUs[i], landedUs.get(night[1]) ?? Number.POSITIVE_INFINITY));
    }
  const due = dueOf(target, [...landedUs.keys()]);
  const nights = [...landedUs].map(([night, us]) => ({ night, lateMs: us / US_PER_MS - due(night) }));
  return nights.sort((a, b) => (a.night < b.night ? -1 : 1));
}

/** Epoch ms at which the partition of a night was due: days begin at midnight of the target's zone, or of UTC. */
function dueOf({ due }: LandingTarget, nights: readonly string[]): (night: string) => number {
  const days = nights.map((night) => Date.parse(`${night}T00:00:00Z`));
  const zones = new Zones(Math.min(...days), Math.max(...days) + 2 * MS_PER_DAY);
  const clock = zones.clock(due.kind === 'clock' ? due.zone : 'UTC');
  return (night) => {
    const endMs = clock.instantOf(Date.parse(`${night}T00:00:00Z`) + MS_PER_DAY);
    return due.kind === 'within' ? endMs + due.ms : clockFrom(clock, endMs, due.clockMs);
  };
}
