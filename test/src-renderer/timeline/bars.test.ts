// Bars from task runs: where each begins and ends, how bad it is, and what is not drawn.

import { describe, expect, it } from 'vitest';
import { Outcome } from '../../../shared/model/event.ts';
import { barsOf, Severity } from '../../../src-renderer/timeline/bars.ts';
import { timelineOf } from './sample-timeline.ts';

describe('barsOf', () => {
  it('begins at the first thing that is known and closes with the last', () => {
    const bars = barsOf(
      timelineOf([
        { pipeline: 0, ready: 10, start: 20, end: 30, finalized: 35, published: 40 },
        { pipeline: 0, start: 20, end: 30 },
        { pipeline: 0, end: 30 },
      ]),
      [],
    );
    expect([...bars.beginUs]).toEqual([10, 20, 30]);
    expect([...bars.closeUs]).toEqual([40, 30, 30]);
  });

  it('lets a run that is not known to have ended reach the end of the log', () => {
    const bars = barsOf(timelineOf([{ pipeline: 0, ready: 10, start: 20 }], 500), []);
    expect([bars.endUs[0], bars.severity[0]]).toEqual([500, Severity.unfinished]);
  });

  it('tells failed, late and early apart from good', () => {
    const run = { pipeline: 0, ready: 10, start: 20, end: 30 };
    const bars = barsOf(
      timelineOf([
        run,
        { ...run, outcome: Outcome.failed },
        { ...run, published: 50, deadline: 40 },
        { ...run, published: 40, deadline: 40 },
        { ...run, outcome: Outcome.failed },
      ]),
      [
        { taskRun: 4, timeUs: 20, version: -1 },
        { taskRun: -1, timeUs: 1, version: -1 },
        { taskRun: 99, timeUs: 1, version: -1 },
      ],
    );
    const { good, late, early } = Severity;
    expect([...bars.severity]).toEqual([good, late, late, good, early]);
  });

  it('has the attempts of a run as parts, and colours the one that read too early', () => {
    const timeline = timelineOf([
      {
        pipeline: 0,
        ready: 5,
        start: 10,
        end: 400,
        attempts: [
          [1, 10, 40],
          [2, 300, 400],
        ],
      },
    ]);
    const { parts } = barsOf(timeline, [{ taskRun: 0, timeUs: 12, version: -1 }]);
    expect(parts.get(0)?.map(({ beginUs, startUs, endUs, severity }) => [beginUs, startUs, endUs, severity])).toEqual([
      [5, 10, 40, Severity.early],
      [300, 300, 400, Severity.good],
    ]);
  });

  it('counts what has no time and cannot be drawn', () => {
    expect(barsOf(timelineOf([{ pipeline: 0 }, { pipeline: 0, start: 1 }]), []).unplaced).toBe(1);
  });
});
