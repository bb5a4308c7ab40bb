// Reference days small enough to work out by hand, and days that are refused.

import { describe, expect, it } from 'vitest';
import type { ReferenceDay } from '../../../shared/model/reference-day.ts';
import { createDayPlayer, DayRefusedError, summarizeDay } from '../../../simulations/orchestrator/reference-day.ts';

interface TaskText {
  readonly release?: number;
  readonly duration: number;
  readonly pool?: number;
  readonly priority?: number;
  readonly finalize?: number;
  readonly deadline?: number;
}

interface DayText {
  readonly tasks: readonly TaskText[];
  readonly slots?: readonly number[];
  /** [task, upstream, kind] */
  readonly deps?: readonly (readonly [number, number, number])[];
  readonly publishMs?: number;
  readonly dispatchMs?: number;
}

function dayOf({ tasks, slots = [1], deps = [], publishMs = 0, dispatchMs = 0 }: DayText): ReferenceDay {
  const column = (value: (task: TaskText) => number | undefined, none = 0): Int32Array =>
    Int32Array.from(tasks, (task) => value(task) ?? none);
  return {
    taskCount: tasks.length,
    pipeline: new Int32Array(tasks.length),
    releaseMs: column((t) => t.release),
    durationMs: column((t) => t.duration),
    pool: column((t) => t.pool),
    priority: column((t) => t.priority),
    finalizeMs: column((t) => t.finalize),
    deadlineMs: column((t) => t.deadline, -1),
    poolSlots: Int32Array.from(slots),
    depTask: Int32Array.from(deps, ([task]) => task),
    depUpstream: Int32Array.from(deps, ([, upstream]) => upstream),
    depKind: Uint8Array.from(deps, ([, , kind]) => kind),
    publishMs,
    dispatchMs,
  };
}

function starts(text: DayText): number[] {
  const player = createDayPlayer(dayOf(text));
  player.play();
  return [...player.answer().startMs];
}

/** Why a day is refused, or 'played'; a day that is refused while it is played is so however often. */
function refusal(text: DayText): string {
  const whyNot = (work: () => void): string => {
    try {
      work();
    } catch (error) {
      if (error instanceof DayRefusedError) return error.message;
      throw error;
    }
    return 'played';
  };
  const day = dayOf(text);
  const unmakeable = whyNot(() => createDayPlayer(day));
  if (unmakeable !== 'played') return unmakeable;
  const player = createDayPlayer(day);
  const first = whyNot(() => player.play());
  const second = whyNot(() => player.play());
  return first === second ? first : `${first}, then ${second}`;
}

describe('the rules of a reference day', () => {
  it('one slot goes by priority, then enqueue time, then id', () => {
    const tasks = [
      { duration: 10 },
      { duration: 10, release: 1 },
      { duration: 10, release: 1 },
      { duration: 10, release: 2, priority: 1 },
      { duration: 10, release: 0, priority: -1 },
    ];
    expect(starts({ tasks })).toEqual([0, 20, 30, 10, 40]);
  });

  it('an event of the same timestamp comes before the grant: the late one with priority wins', () => {
    const tasks = [{ duration: 5 }, { duration: 5, release: 1 }, { duration: 5, release: 5, priority: 9 }];
    expect(starts({ tasks })).toEqual([0, 10, 5]);
  });

  it('a zero-length task makes a further round, in which a lower id may come before one that waits', () => {
    // At 0: task 1 (priority 1) is granted and ends at once, readying task 0, which goes before 2 and 3.
    const tasks = [{ duration: 4 }, { duration: 0, priority: 1 }, { duration: 4 }, { duration: 4 }];
    expect(starts({ tasks, deps: [[0, 1, 0]] })).toEqual([0, 0, 4, 8]);
  });

  it('rows that come in later rounds out of order still go by id, through all of a backlog', () => {
    // A zero-length chain 9 -> 8 -> … -> 6 at the top of the priorities readies 0, 2, 1 one round after another.
    const chain = [9, 8, 7].map((id) => [id - 1, id, 0] as const);
    const tasks = Array.from({ length: 10 }, (_, id) => ({ duration: id < 6 ? 1 : 0, priority: id < 6 ? 0 : 5 }));
    const deps = [...chain, [4, 9, 0], [0, 8, 0], [2, 7, 0], [1, 6, 0]] as const;
    expect(starts({ tasks, deps }).slice(0, 6)).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('finalize and publish hold no slot, and dispatch comes on top', () => {
    const tasks = [{ duration: 10, finalize: 7 }, { duration: 1 }, { duration: 1, release: 12 }];
    const text = { tasks, deps: [[1, 0, 1]] as const, publishMs: 3, dispatchMs: 2 };
    expect(starts(text)).toEqual([2, 24, 14]);
    const player = createDayPlayer(dayOf(text));
    player.play();
    expect([...player.answer().readyMs]).toEqual([0, 22, 12]);
    expect([...player.answer().finalMs]).toEqual([19, 25, 15]);
    expect(player.events).toBe(7);
    expect(player.makespanMs).toBe(25);
  });

  it('shows the anomaly of Graham: a slot more, and the work ends later', () => {
    const durations = [3, 2, 2, 2, 4, 4, 4, 4, 9];
    const tasks = durations.map((duration) => ({ duration }));
    const deps = [[8, 0, 0], ...[4, 5, 6, 7].map((id) => [id, 3, 0] as const)] as const;
    const makespan = (slots: number): number => {
      const player = createDayPlayer(dayOf({ tasks, deps, slots: [slots] }));
      player.play();
      return player.makespanMs;
    };
    expect([makespan(3), makespan(4)]).toEqual([12, 15]);
  });

  it('thousands of priorities in one pool go from the highest to the lowest', () => {
    const count = 3_000;
    const tasks = Array.from({ length: count }, (_, id) => ({ duration: 1, priority: ((id * 7) % count) - 1_500 }));
    const order = starts({ tasks }).map((start, id) => [start, -tasks[id].priority]);
    expect(order.map(([start]) => start)).toEqual(order.map(([, lowness]) => lowness + 1_499));
  });

  it('a day without tasks is over at once', () => {
    const day = dayOf({ tasks: [] });
    const player = createDayPlayer(day);
    player.play();
    expect(player.makespanMs).toBe(0);
    expect(summarizeDay(day, player.answer())).toEqual({
      tasks: 0,
      events: 0,
      startLatencyP50Ms: Number.NaN,
      startLatencyP99Ms: Number.NaN,
      deadlinesMet: 0,
      deadlinesTotal: 0,
      makespanMs: 0,
    });
  });
});

describe('the summary of a day', () => {
  it('has nearest-rank latencies, and a deadline met to the millisecond', () => {
    const tasks = [{ duration: 10, finalize: 5, deadline: 15 }, { duration: 10, deadline: 19 }, { duration: 10 }];
    const day = dayOf({ tasks });
    const player = createDayPlayer(day);
    player.play();
    expect(summarizeDay(day, player.answer())).toEqual({
      tasks: 3,
      events: 6,
      startLatencyP50Ms: 10,
      startLatencyP99Ms: 20,
      deadlinesMet: 1,
      deadlinesTotal: 2,
      makespanMs: 30,
    });
  });
});

describe('a day that cannot be played is refused by name', () => {
  it('a cycle', () => {
    const tasks = [{ duration: 1 }, { duration: 1 }, { duration: 1 }];
    expect(
      refusal({
        tasks,
        deps: [
          [1, 2, 0],
          [2, 1, 1],
        ],
      }),
    ).toBe('tasks wait for each other in a cycle: 1 -> 2 -> 1');
  });

  it('a pool without slots that is needed, and none that is not', () => {
    expect(refusal({ tasks: [{ duration: 1, pool: 1 }], slots: [1, 0] })).toContain('task 0: pool 1 has no slots');
    expect(refusal({ tasks: [{ duration: 1 }], slots: [1, 0] })).toBe('played');
    expect(refusal({ tasks: [{ duration: 1, pool: 2 }], slots: [1, 0] })).toContain('there is no pool 2');
  });

  it('a dependency on a task that is not there', () => {
    expect(refusal({ tasks: [{ duration: 1 }], deps: [[0, 1, 0]] })).toBe('task 0: there is no task 1');
  });

  it('a negative time and a time beyond 2^30 ms', () => {
    expect(refusal({ tasks: [{ duration: -1 }] })).toContain('task 0: duration_ms -1');
    expect(refusal({ tasks: [{ duration: 1, release: 2 ** 30 }] })).toContain('release_ms 1073741824');
    expect(refusal({ tasks: [{ duration: 1 }], publishMs: -1 })).toContain('publish_ms -1');
  });

  it('an end beyond 2^30 ms, saying what would have come then', () => {
    const long = 2 ** 30 - 2;
    const last = { duration: long };
    expect(refusal({ tasks: [last] })).toBe('played');
    expect(refusal({ tasks: [last, last] })).toBe('task 1 would finish at 2147483644 ms, beyond 2^30 ms (12.4 days)');
    expect(refusal({ tasks: [last, { duration: 1 }], deps: [[1, 0, 0]], dispatchMs: 2, slots: [2] })).toContain(
      'task 0 would finish',
    );
    expect(
      refusal({ tasks: [{ duration: 5 }, { duration: 1, release: long }], deps: [[1, 0, 0]], dispatchMs: 2 }),
    ).toBe('task 1 would be enqueued at 1073741824 ms, beyond 2^30 ms (12.4 days)');
    expect(refusal({ tasks: [{ duration: long - 9 }, { duration: 0 }], deps: [[1, 0, 0]], dispatchMs: 6 })).toBe(
      'task 1 would be enqueued at 1073741825 ms, beyond 2^30 ms (12.4 days)',
    );
    expect(refusal({ tasks: [{ duration: long, finalize: 9 }, { duration: 1 }], deps: [[1, 0, 1]] })).toBe(
      'the publish of task 0 would happen at 1073741831 ms, beyond 2^30 ms (12.4 days)',
    );
  });
});
