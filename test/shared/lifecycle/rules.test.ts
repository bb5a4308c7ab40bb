// Every rule has its place: commands that break it are refused under its name, or the lifecycle leaves no way to break
// it. The list here is by hand, so a rule that is added must be given a place.

import { describe, expect, it } from 'vitest';
import { applyCommand, EMPTY_PARTITION } from '../../../shared/lifecycle/partition.ts';
import { RULES, type RuleName } from '../../../shared/lifecycle/rules.ts';
import type { Command, LifecyclePolicy } from '../../../shared/lifecycle/version-state.ts';

const POLICY: LifecyclePolicy = { leaseUs: 100, clockToleranceUs: 0, gated: false, readyWhen: 'finalized' };
const GATED = { ...POLICY, gated: true };

const open = (run: string, atUs: number, attempt = 1): Command => ({ step: 'open', run, attempt, atUs });
const finalize = (run: string, token: number, atUs: number, payloadHash = 'a'): Command => ({
  step: 'finalize',
  run,
  token,
  atUs,
  payloadHash,
  rowCount: 1,
});
const heartbeat = (run: string, token: number, atUs: number): Command => ({ step: 'heartbeat', run, token, atUs });
const check = (run: string, token: number, atUs: number): Command => ({
  step: 'check',
  run,
  token,
  atUs,
  passed: true,
});
const fail = (run: string, token: number, atUs: number): Command => ({ step: 'fail', run, token, atUs, reason: 'x' });
const of = (step: 'publish' | 'marker' | 'read', token: number, atUs: number): Command => ({ step, token, atUs });

/** The last command of each list breaks the rule; those before it are accepted. */
const BREAKS: readonly (readonly [rule: RuleName, commands: readonly Command[], policy: LifecyclePolicy])[] = [
  ['no-read-before-finalize', [open('r', 0), of('read', 1, 1)], POLICY],
  ['one-owner', [open('r', 0), open('r', 1, 2), finalize('r', 1, 2)], POLICY],
  ['finalize-once', [open('r', 0), finalize('r', 1, 1), finalize('r', 1, 2, 'b')], POLICY],
  ['checked-first', [open('r', 0), finalize('r', 1, 1)], GATED],
  ['finalize-is-atomic', [open('r', 0), finalize('r', 1, 1), check('r', 1, 2)], POLICY],
  ['publish-after-finalize', [open('r', 0), of('publish', 1, 1)], POLICY],
  ['marker-after-data', [open('r', 0), of('marker', 1, 1)], POLICY],
  ['marker-matches-version', [open('r', 0), finalize('r', 1, 1), open('s', 2), of('marker', 1, 3)], POLICY],
  ['heartbeat-in-lease', [open('r', 0), heartbeat('r', 1, 101)], POLICY],
  ['no-write-after-end', [open('r', 0), fail('r', 1, 1), finalize('r', 1, 2)], POLICY],
  ['time-goes-forward', [open('r', 5), finalize('r', 1, 4)], POLICY],
];

/** Rules that no command can break, and why. */
const BY_CONSTRUCTION: Partial<Record<RuleName, string>> = {
  'versions-increase': 'an open is given the next number',
  'lineage-is-current':
    'it is told of runs, by joining versions: the checker’s and the read model’s list of stale runs',
};

describe('every rule', () => {
  it.each(BREAKS)('%s refuses what breaks it, by its name', (rule, commands, policy) => {
    let partition = EMPTY_PARTITION;
    for (const [i, command] of commands.entries()) {
      const applied = applyCommand(partition, command, policy);
      if (i < commands.length - 1) {
        if (!applied.ok) throw new Error(applied.error.message);
        partition = applied.value.partition;
      } else {
        expect(applied.ok ? 'accepted' : applied.error.rule).toBe(rule);
      }
    }
  });

  it('has a place', () => {
    const placed = new Set([...BREAKS.map(([rule]) => rule), ...Object.keys(BY_CONSTRUCTION)]);
    expect(RULES.map(({ name }) => name).filter((name) => !placed.has(name))).toEqual([]);
    expect(placed.size).toBe(RULES.length);
  });
});
