// Model-based: random commands go to the real machine and to a naive model written straight from the lifecycle's text
// (strings, no table). Both must answer alike, whatever the order, and the invariants must hold after every command.

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyCommand, EMPTY_PARTITION, type Partition, readableVersion } from '../../../shared/lifecycle/partition.ts';
import { isOpen, isWhole, STATUS_NAMES } from '../../../shared/lifecycle/status.ts';
import type { Command, LifecyclePolicy, VersionState } from '../../../shared/lifecycle/version-state.ts';

interface NaiveVersion {
  state: 'RUNNING' | 'CHECKED' | 'SUCCESS' | 'PUBLISHED' | 'FAILED' | 'EXPIRED' | 'SUPERSEDED';
  run: string;
  attempt: number;
  leaseEnd: number;
  last: number;
  payload: string;
  reason: string;
}

/** The lifecycle as prose would be typed: slow, mutable, one if after the other. */
class NaivePartition {
  versions: NaiveVersion[] = [];
  readonly policy: LifecyclePolicy;
  constructor(policy: LifecyclePolicy) {
    this.policy = policy;
  }

  /** True when accepted. */
  run(c: Command): boolean {
    if (c.step === 'open') return this.open(c);
    const v = this.versions[c.token - 1];
    if (!v) return false;
    const whole = v.state === 'SUCCESS' || v.state === 'PUBLISHED';
    const live = v.state === 'RUNNING' || v.state === 'CHECKED';
    const newest = c.token === this.versions.length;
    const late = c.atUs < v.last - this.policy.clockToleranceUs;
    if (c.step === 'read') return this.policy.readyWhen === 'published' ? v.state === 'PUBLISHED' : whole;
    if (c.step === 'publish') {
      if (v.state === 'PUBLISHED') return true;
      if (!whole || late) return false;
      v.state = 'PUBLISHED';
    } else if (c.step === 'marker') {
      if (!whole || late || !newest) return false;
    } else if (c.step === 'expire') {
      if (!live || late || c.atUs <= v.leaseEnd) return false;
      v.state = 'EXPIRED';
    } else {
      if (v.run !== c.run) return false;
      if (c.step === 'finalize' && whole) return c.payloadHash === v.payload;
      if (c.step === 'fail' && v.state === 'FAILED' && v.reason === c.reason) return true;
      if (!newest || !live || late) return false;
      if (c.step === 'heartbeat') {
        if (c.atUs > v.leaseEnd) return false;
        v.leaseEnd = Math.max(v.leaseEnd, c.atUs + this.policy.leaseUs);
      }
      if (c.step === 'check') {
        v.state = c.passed ? 'CHECKED' : 'FAILED';
        v.reason = c.reason ?? '';
      }
      if (c.step === 'finalize') {
        if (this.policy.gated && v.state !== 'CHECKED') return false;
        v.state = 'SUCCESS';
        v.payload = c.payloadHash;
      }
      if (c.step === 'fail') {
        v.state = 'FAILED';
        v.reason = c.reason;
      }
    }
    v.last = Math.max(v.last, c.atUs);
    return true;
  }

  open(c: Extract<Command, { step: 'open' }>): boolean {
    const v = this.versions.at(-1);
    const isWhole = v?.state === 'SUCCESS' || v?.state === 'PUBLISHED';
    if (v && isWhole && v.run === c.run && v.attempt === c.attempt) return true;
    if (v && (v.state === 'RUNNING' || v.state === 'CHECKED')) {
      const sameRun = v.run === c.run;
      if (sameRun && c.attempt < v.attempt) return false;
      const leaseOver = c.atUs > v.leaseEnd;
      if (!leaseOver && sameRun && c.attempt === v.attempt) return true;
      if (!leaseOver && !sameRun && c.takeover !== true) return false;
      v.state = leaseOver ? 'EXPIRED' : 'SUPERSEDED';
      v.last = Math.max(v.last, c.atUs);
    }
    const { run, attempt } = c;
    const leaseEnd = c.atUs + this.policy.leaseUs;
    this.versions.push({ state: 'RUNNING', run, attempt, leaseEnd, last: c.atUs, payload: '', reason: '' });
    return true;
  }

  states(): string[] {
    const names = { CHECKED: 'RUNNING checked', PUBLISHED: 'SUCCESS published' } as Record<string, string>;
    return this.versions.map((v) => names[v.state] ?? v.state);
  }
}

const run = fc.constantFrom('a', 'b');
const token = fc.integer({ min: 1, max: 4 });
const atUs = fc.integer({ min: 0, max: 200 });
const command: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      step: fc.constant('open' as const),
      run,
      attempt: fc.integer({ min: 1, max: 3 }),
      atUs,
      takeover: fc.boolean(),
    }),
  },
  fc.record({ step: fc.constant('heartbeat' as const), run, token, atUs }),
  fc.record({ step: fc.constant('check' as const), run, token, atUs, passed: fc.boolean() }),
  {
    weight: 3,
    arbitrary: fc.record({
      step: fc.constant('finalize' as const),
      run,
      token,
      atUs,
      payloadHash: fc.constantFrom('x', 'y'),
      rowCount: fc.nat(9),
    }),
  },
  fc.record({ step: fc.constant('fail' as const), run, token, atUs, reason: fc.constantFrom('r', 's') }),
  fc.record({
    step: fc.constantFrom('publish' as const, 'expire' as const, 'marker' as const, 'read' as const),
    token,
    atUs,
  }),
);
const policy: fc.Arbitrary<LifecyclePolicy> = fc.record({
  leaseUs: fc.constantFrom(10, 60),
  clockToleranceUs: fc.constantFrom(0, 5, 500),
  gated: fc.boolean(),
  readyWhen: fc.constantFrom('finalized' as const, 'published' as const),
});
/** Mostly forward in time, so that deep states are reached. */
const commands = fc
  .tuple(fc.array(command, { maxLength: 30 }), fc.boolean())
  .map(([list, sorted]) => (sorted ? list.slice().sort((a, b) => a.atUs - b.atUs) : list));

function checkInvariants(partition: Partition): void {
  partition.versions.forEach((v, i) => {
    expect(v.number).toBe(i + 1);
    expect(isOpen(v.status) && i < partition.versions.length - 1).toBe(false);
    expect(isWhole(v.status)).toBe(!Number.isNaN(v.finalizedUs));
    expect(v.payloadHash !== '').toBe(isWhole(v.status));
  });
  const whole = partition.versions.filter((v) => isWhole(v.status));
  expect(readableVersion(partition)).toBe(whole.at(-1) ?? null);
}

/** What may never change again; null while the version may still be written. */
function lasting(v: VersionState) {
  if (isOpen(v.status)) return null;
  const { number, run, attempt, finalizedUs, rowCount, payloadHash, reason } = v;
  const end = isWhole(v.status) ? 'whole' : v.status;
  return { number, run, attempt, finalizedUs, rowCount, payloadHash, reason, end };
}

describe('the machine and the naive model', () => {
  it('accept and refuse the same commands and reach the same states', () => {
    fc.assert(
      fc.property(policy, commands, (p, list) => {
        const model = new NaivePartition(p);
        let real = EMPTY_PARTITION;
        for (const c of list) {
          const applied = applyCommand(real, c, p);
          expect({ command: c, isAccepted: applied.ok }).toEqual({ command: c, isAccepted: model.run(c) });
          if (applied.ok) real = applied.value.partition;
          expect(real.versions.map((v) => STATUS_NAMES[v.status])).toEqual(model.states());
          checkInvariants(real);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('never write to what has ended, and keep a version whole for ever', () => {
    fc.assert(
      fc.property(policy, commands, (p, list) => {
        let before = EMPTY_PARTITION;
        for (const c of list) {
          const applied = applyCommand(before, c, p);
          const after = applied.ok ? applied.value.partition : before;
          expect(before.versions.map(lasting)).toEqual(
            after.versions.slice(0, before.versions.length).map((v, i) => {
              const was = before.versions[i];
              return was === undefined || isOpen(was.status) ? null : lasting(v);
            }),
          );
          before = after;
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('give the same answer when an accepted finalize is sent again at once', () => {
    fc.assert(
      fc.property(policy, commands, (p, list) => {
        let partition = EMPTY_PARTITION;
        for (const c of list) {
          const applied = applyCommand(partition, c, p);
          if (!applied.ok) continue;
          partition = applied.value.partition;
          if (c.step !== 'finalize') continue;
          const again = applyCommand(partition, c, p);
          expect(again.ok && again.value.repeated && again.value.next).toBe(partition.versions[c.token - 1]);
        }
      }),
      { numRuns: 500 },
    );
  });
});
