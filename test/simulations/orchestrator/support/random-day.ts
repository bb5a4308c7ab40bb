// Small random reference days for fast-check, full of what goes wrong: equal times, zero lengths, no delays, one slot,
// many priorities, ids in no useful order. A day with a scale has large gaps between its times.

import fc from 'fast-check';
import type { ReferenceDay } from '../../../../shared/model/reference-day.ts';

export interface DayShape {
  readonly tasksMin?: number;
  readonly tasksMax: number;
  readonly priority: fc.Arbitrary<number>;
  readonly scaleMax?: number;
}

const FEW_PRIORITIES = fc.integer({ min: -2, max: 2 });
const MANY_PRIORITIES = fc.oneof(fc.integer({ min: -500, max: 500 }), fc.constantFrom(-2_147_483_648, 2_147_483_647));

export const smallDay = fc
  .constantFrom(FEW_PRIORITIES, MANY_PRIORITIES)
  .chain((p) => dayOf({ tasksMax: 14, priority: p }));
export const busyDay = fc
  .constantFrom(FEW_PRIORITIES, MANY_PRIORITIES)
  .chain((p) => dayOf({ tasksMax: 90, priority: p }));

/** Hundreds of tasks of hundreds of priorities. */
export const crowdedDay = dayOf({ tasksMin: 250, tasksMax: 300, priority: fc.nat(3), scaleMax: 700 }).map((day) => ({
  ...day,
  priority: day.priority.map((priority, task) => ((task * 37) % 401) - 200 + priority),
}));

export function dayOf({
  tasksMin = 1,
  tasksMax,
  priority,
  scaleMax = 3_000_000,
}: DayShape): fc.Arbitrary<ReferenceDay> {
  const shape = fc.record({
    tasks: fc.integer({ min: tasksMin, max: tasksMax }),
    slots: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 3 }),
    scale: fc.constantFrom(...[1, 1, 1, 700, 40_000, 3_000_000].filter((scale) => scale <= scaleMax)),
  });
  return shape.chain(({ tasks, slots, scale }) =>
    fc
      .record({
        order: fc.shuffledSubarray([...Array(tasks).keys()], { minLength: tasks }),
        release: column(fc.constantFrom(0, 0, 0, 1, 2, 5), tasks),
        duration: column(fc.constantFrom(0, 0, 1, 2, 7), tasks),
        finalize: column(fc.constantFrom(0, 0, 1, 3), tasks),
        deadline: column(fc.constantFrom(-1, 0, 3, 9), tasks),
        pool: column(fc.nat(slots.length - 1), tasks),
        priority: column(priority, tasks),
        upstreams: fc.array(fc.tuple(fc.nat(), fc.nat(), fc.constantFrom(0, 0, 1)), { maxLength: tasks * 2 }),
        publish: fc.constantFrom(0, 0, 1, 4),
        dispatch: fc.constantFrom(0, 0, 1, 5),
      })
      .map((parts) => {
        const scaled = (values: readonly number[]): Int32Array => Int32Array.from(values, (v) => v * scale);
        const pairs = tasks < 2 ? [] : parts.upstreams.map(([a, b, kind]) => ({ ...pairOf(a, b, tasks), kind }));
        return {
          taskCount: tasks,
          pipeline: new Int32Array(tasks),
          releaseMs: scaled(parts.release),
          durationMs: scaled(parts.duration),
          pool: Int32Array.from(parts.pool),
          priority: Int32Array.from(parts.priority),
          finalizeMs: scaled(parts.finalize),
          deadlineMs: Int32Array.from(parts.deadline, (v) => (v < 0 ? -1 : v * scale)),
          poolSlots: Int32Array.from(slots),
          depTask: Int32Array.from(pairs, ({ later }) => parts.order[later]),
          depUpstream: Int32Array.from(pairs, ({ earlier }) => parts.order[earlier]),
          depKind: Uint8Array.from(pairs, ({ kind }) => kind),
          publishMs: parts.publish * scale,
          dispatchMs: parts.dispatch * scale,
        };
      }),
  );
}

function column(value: fc.Arbitrary<number>, count: number): fc.Arbitrary<number[]> {
  return fc.array(value, { minLength: count, maxLength: count });
}

/** Two different places in an order of at least two. */
function pairOf(a: number, b: number, count: number): { readonly earlier: number; readonly later: number } {
  const later = 1 + (a % (count - 1));
  return { earlier: b % later, later };
}
