// Which night a log is of: the partition key that most of its runs are for, and when it ran. Both are said, because
// `date=12-24` is built on the 25th.

import type { LogView, TimelineView } from '../../shared/api/views.ts';
import { zonedTime } from '../widgets/zoned-time.ts';

export interface Night {
  /** The most common key of the runs; "" when none is known. */
  readonly key: string;
  /** Other keys that runs are for. */
  readonly otherKeys: number;
}

export function nightOf(timeline: Pick<TimelineView, 'runLogicalKey'>): Night {
  const counts = new Map<string, number>();
  for (const key of timeline.runLogicalKey) if (key !== '') counts.set(key, (counts.get(key) ?? 0) + 1);
  let key = '';
  let most = 0;
  for (const [each, count] of counts) {
    if (count > most) {
      most = count;
      key = each;
    }
  }
  return { key, otherKeys: Math.max(0, counts.size - 1) };
}

/** `25 Dec 2025, 00:00 to 07:12`, `25 Dec 2025, 22:00 to 26 Dec 04:00`, "at unknown times". */
export function spanText(log: Pick<LogView, 'fromUs' | 'toUs' | 'zone'>): string {
  if (!Number.isFinite(log.fromUs) || !Number.isFinite(log.toUs)) return 'at unknown times';
  const time = zonedTime(log.zone);
  const sameDay = time.day(log.fromUs) === time.day(log.toUs);
  const from = time.full(log.fromUs).replace(/:\d\d$/, '');
  return `${from} to ${sameDay ? time.clock(log.toUs) : time.dayClock(log.toUs)}`;
}
