import { describe, expect, it } from 'vitest';
import { applyCommand, EMPTY_PARTITION, type Partition, readableVersion } from '../../../shared/lifecycle/partition.ts';
import { Status } from '../../../shared/lifecycle/status.ts';
import type { Command, LifecyclePolicy } from '../../../shared/lifecycle/version-state.ts';

const POLICY: LifecyclePolicy = { leaseUs: 100, clockToleranceUs: 5, gated: false, readyWhen: 'finalized' };

/** Applies commands that must be accepted. */
function played(commands: readonly Command[], policy = POLICY): Partition {
  let partition = EMPTY_PARTITION;
  for (const command of commands) {
    const applied = applyCommand(partition, command, policy);
    if (!applied.ok) throw new Error(`${command.step} refused: ${applied.error.message}`);
    partition = applied.value.partition;
  }
  return partition;
}

function refusal(before: readonly Command[], command: Command, policy = POLICY) {
  const applied = applyCommand(played(before, policy), command, policy);
  return applied.ok ? null : { code: applied.error.code, rule: applied.error.rule, holder: applied.error.holder?.run };
}

const open = (run: string, atUs: number, attempt = 1): Command => ({ step: 'open', run, attempt, atUs });
const finalize = (run: string, token: number, atUs: number, payloadHash = 'a'): Command => ({
  step: 'finalize',
  run,
  token,
  atUs,
  payloadHash,
  rowCount: 10,
});

describe('a partition', () => {
  it('goes from open to published, and is readable from the finalize on', () => {
    const whole = played([open('r', 0), { step: 'heartbeat', run: 'r', token: 1, atUs: 50 }, finalize('r', 1, 60)]);
    expect(whole.versions[0]).toMatchObject({
      status: Status.finalized,
      finalizedUs: 60,
      rowCount: 10,
      payloadHash: 'a',
    });
    expect(readableVersion(whole)?.number).toBe(1);
    const sent = applyCommand(whole, { step: 'publish', token: 1, atUs: 70 }, POLICY);
    expect(sent.ok && sent.value.next).toMatchObject({ status: Status.published, publishedUs: 70 });
  });

  it('keeps the earlier whole version readable while a newer one runs or fails', () => {
    const rerun = [open('r', 0), finalize('r', 1, 10), open('s', 20)] as const;
    expect(readableVersion(played(rerun))?.number).toBe(1);
    const failed = played([...rerun, { step: 'fail', run: 's', token: 2, reason: 'disk', atUs: 30 }]);
    expect(readableVersion(failed)?.number).toBe(1);
    expect(failed.versions[1]).toMatchObject({ status: Status.failed, reason: 'disk' });
  });

  it('is HELD against another run while the lease is live, and says by whom', () => {
    expect(refusal([open('r', 0)], open('s', 100))).toEqual({ code: 'held', rule: 'one-owner', holder: 'r' });
  });

  it('expires the old version in the same decision when the lease is over', () => {
    const applied = applyCommand(played([open('r', 0)]), open('s', 101), POLICY);
    expect(applied.ok && applied.value.closed).toMatchObject({ number: 1, status: Status.expired });
    expect(applied.ok && applied.value.next).toMatchObject({ number: 2, run: 's' });
  });

  it('is superseded by a higher attempt of its run, and the zombie is fenced', () => {
    const retried = [open('r', 0, 1), open('r', 10, 2)] as const;
    expect(played(retried).versions.map((v) => v.status)).toEqual([Status.superseded, Status.running]);
    expect(refusal(retried, finalize('r', 1, 20))).toEqual({ code: 'stale-token', rule: 'one-owner', holder: 'r' });
    expect(refusal(retried, open('r', 20, 1))).toMatchObject({ code: 'stale-token' });
  });

  it('lets a person take it over', () => {
    const taken = played([open('r', 0), { step: 'open', run: 's', attempt: 1, atUs: 1, takeover: true }]);
    expect(taken.versions.map((v) => v.status)).toEqual([Status.superseded, Status.running]);
    expect(taken.versions[0]?.reason).toContain('s (attempt 1)');
  });

  it('answers the same open, finalize, fail and publish again with the first answer', () => {
    const once = played([open('r', 0), finalize('r', 1, 10)]);
    const again = applyCommand(once, finalize('r', 1, 99), POLICY);
    expect(again.ok && again.value).toMatchObject({ repeated: true, next: { finalizedUs: 10 }, partition: once });
    const afterNewer = applyCommand(
      played([open('r', 0), finalize('r', 1, 10), open('s', 20)]),
      finalize('r', 1, 30),
      POLICY,
    );
    expect(afterNewer.ok && afterNewer.value.repeated).toBe(true);
    const reopened = applyCommand(played([open('r', 0)]), open('r', 5), POLICY);
    expect(reopened.ok && reopened.value).toMatchObject({ repeated: true, next: { number: 1 } });
  });

  it('refuses a second finalize with another payload', () => {
    expect(refusal([open('r', 0), finalize('r', 1, 10)], finalize('r', 1, 10, 'b'))).toEqual({
      code: 'other-payload',
      rule: 'finalize-once',
      holder: 'r',
    });
  });

  it('refuses a finalize without a passed check where one is declared', () => {
    const gated = { ...POLICY, gated: true };
    expect(refusal([open('r', 0)], finalize('r', 1, 1), gated)).toMatchObject({ code: 'not-checked' });
    const passed: Command = { step: 'check', run: 'r', token: 1, atUs: 1, passed: true };
    expect(refusal([open('r', 0), passed], finalize('r', 1, 2), gated)).toBeNull();
    const failed: Command = { ...passed, passed: false, reason: 'rows 0 < 10' };
    expect(played([open('r', 0), failed], gated).versions[0]).toMatchObject({
      status: Status.failed,
      reason: 'rows 0 < 10',
    });
    expect(refusal([open('r', 0), failed], finalize('r', 1, 2), gated)).toMatchObject({ code: 'ended' });
  });

  it('refuses a late heartbeat, yet takes the late finalize of a writer that nobody replaced', () => {
    expect(refusal([open('r', 0)], { step: 'heartbeat', run: 'r', token: 1, atUs: 101 })).toMatchObject({
      rule: 'heartbeat-in-lease',
      code: 'lease-over',
    });
    expect(refusal([open('r', 0)], finalize('r', 1, 101))).toBeNull();
    expect(refusal([open('r', 0)], { step: 'expire', token: 1, atUs: 100 })).toMatchObject({ code: 'lease-live' });
    expect(refusal([open('r', 0), { step: 'expire', token: 1, atUs: 101 }], finalize('r', 1, 102))).toMatchObject({
      code: 'ended',
      rule: 'no-write-after-end',
    });
  });

  it('refuses publish, marker and read of what is not whole', () => {
    const before = [open('r', 0)];
    expect(refusal(before, { step: 'publish', token: 1, atUs: 1 })?.rule).toBe('publish-after-finalize');
    expect(refusal(before, { step: 'marker', token: 1, atUs: 1 })?.rule).toBe('marker-after-data');
    expect(refusal(before, { step: 'read', token: 1, atUs: 1 })?.rule).toBe('no-read-before-finalize');
    expect(refusal(before, { step: 'read', token: 2, atUs: 1 })).toMatchObject({ code: 'not-open', holder: 'r' });
  });

  it('refuses a marker of a version that another has been opened over', () => {
    const before = [open('r', 0), finalize('r', 1, 10), open('s', 20)];
    expect(refusal(before, { step: 'marker', token: 1, atUs: 21 })).toEqual({
      code: 'stale-marker',
      rule: 'marker-matches-version',
      holder: 's',
    });
  });

  it('lets a reader wait for the publish where the policy says so', () => {
    const published = { ...POLICY, readyWhen: 'published' as const };
    const whole = [open('r', 0), finalize('r', 1, 10)];
    expect(refusal(whole, { step: 'read', token: 1, atUs: 11 }, published)?.code).toBe('not-whole');
    expect(
      refusal([...whole, { step: 'publish', token: 1, atUs: 12 }], { step: 'read', token: 1, atUs: 13 }, published),
    ).toBeNull();
  });

  it('refuses another run’s token and a clock that jumped back further than the tolerance', () => {
    expect(refusal([open('r', 50)], finalize('s', 1, 60))).toMatchObject({ code: 'stale-token', holder: 'r' });
    expect(refusal([open('r', 50)], finalize('r', 1, 44))).toMatchObject({
      rule: 'time-goes-forward',
      code: 'clock-back',
    });
    expect(refusal([open('r', 50)], finalize('r', 1, 45))).toBeNull();
  });
});
