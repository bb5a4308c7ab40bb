import { describe, expect, it } from 'vitest';
import { RULES } from '../../../shared/lifecycle/rules.ts';
import {
  isDead,
  isOpen,
  isWhole,
  STATUS_COUNT,
  STATUS_NAMES,
  STEP_COUNT,
  STEP_NAMES,
  Status,
  Step,
  stepOfEvent,
} from '../../../shared/lifecycle/status.ts';
import { brokenRule, nextStatus } from '../../../shared/lifecycle/transitions.ts';
import { EventKind } from '../../../shared/model/event.ts';

/** The whole lifecycle as a picture: rows are statuses, columns steps, '.' is refused. */
function picture(gated: boolean): string[] {
  return STATUS_NAMES.map((name, status) => {
    const cells = STEP_NAMES.map((_, step) => {
      const next = nextStatus(status as Status, step as Step, gated);
      return next === -1 ? '.' : String(next);
    });
    return `${cells.join(' ')} ${name}`;
  });
}

describe('the transition table', () => {
  it('is the lifecycle of the design, cell by cell', () => {
    // open heartbeat passed failed finalize publish fail expire supersede marker read
    expect(picture(false)).toEqual([
      '1 . . . . . . . . . . none',
      '. 1 2 5 3 . 5 6 7 . . RUNNING',
      '. 2 2 5 3 . 5 6 7 . . RUNNING checked',
      '. . . . . 4 . . . 3 3 SUCCESS',
      '. . . . . 4 . . . 4 4 SUCCESS published',
      '. . . . . . . . . . . FAILED',
      '. . . . . . . . . . . EXPIRED',
      '. . . . . . . . . . . SUPERSEDED',
    ]);
  });

  it('with a declared check differs only in the unchecked finalize', () => {
    const plain = picture(false);
    const gated = picture(true);
    const differing = gated.filter((row, i) => row !== plain[i]);
    expect(differing).toEqual(['. 1 2 5 . . 5 6 7 . . RUNNING']);
    expect(brokenRule(Status.running, Step.finalize)).toBe('checked-first');
  });

  it('names a rule of the list for every refused step', () => {
    const names = new Set<string>(RULES.map((rule) => rule.name));
    for (let status = 0; status < STATUS_COUNT; status++) {
      for (let step = 0; step < STEP_COUNT; step++) {
        if (nextStatus(status as Status, step as Step) !== -1) continue;
        expect(names.has(brokenRule(status as Status, step as Step))).toBe(true);
      }
    }
  });

  it.each([
    [Status.running, Step.read, 'no-read-before-finalize'],
    [Status.failed, Step.read, 'no-read-before-finalize'],
    [Status.running, Step.publish, 'publish-after-finalize'],
    [Status.checked, Step.marker, 'marker-after-data'],
    [Status.finalized, Step.finalize, 'finalize-once'],
    [Status.published, Step.heartbeat, 'no-write-after-end'],
    [Status.expired, Step.finalize, 'no-write-after-end'],
    [Status.expired, Step.heartbeat, 'heartbeat-in-lease'],
    [Status.superseded, Step.finalize, 'one-owner'],
    [Status.none, Step.heartbeat, 'one-owner'],
    [Status.finalized, Step.open, 'versions-increase'],
  ] as const)('status %i, step %i breaks %s', (status, step, rule) => {
    expect(nextStatus(status, step)).toBe(-1);
    expect(brokenRule(status, step)).toBe(rule);
  });

  it('sorts every status into none, open, whole or dead', () => {
    for (let status = 1; status < STATUS_COUNT; status++) {
      const s = status as Status;
      expect([isOpen(s), isWhole(s), isDead(s)].filter(Boolean)).toHaveLength(1);
    }
    expect([isOpen(Status.none), isWhole(Status.none), isDead(Status.none)]).toEqual([false, false, false]);
  });

  it('reads the steps of a log, a check by its outcome', () => {
    expect(stepOfEvent(EventKind.versionChecked, 1)).toBe(Step.checkPassed);
    expect(stepOfEvent(EventKind.versionChecked, 0)).toBe(Step.checkFailed);
    expect(stepOfEvent(EventKind.read, 0)).toBe(Step.read);
    expect(stepOfEvent(EventKind.taskStarted, 0)).toBe(-1);
    expect(stepOfEvent(EventKind.note, 0)).toBe(-1);
  });
});

describe('the rules', () => {
  it('have distinct names, reading first and lineage last', () => {
    const names = RULES.map((rule) => rule.name);
    expect(new Set(names).size).toBe(RULES.length);
    expect(names[0]).toBe('no-read-before-finalize');
    expect(names.at(-1)).toBe('lineage-is-current');
  });
});
