// Model-based: random commands in random bursts go to the store on real files and to the pure lifecycle; both must
// accept and refuse alike, with the same codes, and reach the same states, with time moving on and the store opened
// again among the commands. Commands of one burst are sent without waiting, so later ones meet what is not yet durable.

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ServiceError } from '../../../../shared/api/errors.ts';
import { readableVersion } from '../../../../shared/lifecycle/partition.ts';
import { STATUS_NAMES } from '../../../../shared/lifecycle/status.ts';
import { GATED_MIN_ROWS, NaiveStore } from './naive-store.ts';
import { RealStore } from './real-store.ts';

const NAMES = ['plain', 'gated'].map((dataset) => ({ namespace: 'w', dataset, partition: 'date=1' }));

const place = fc.nat(1);
const run = fc.constantFrom('a', 'b');
const token = fc.integer({ min: 1, max: 3 });
const rowCount = fc.constantFrom(3, 8);
/** Before now; the store takes one second for a clock that is a little off. */
const LATEST_MS = 5_000;
const lateMs = fc.constantFrom(0, 0, 0, 500, LATEST_MS);
const step = <S extends string>(name: S) => fc.constant(name);
const command = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      step: step('open'),
      place,
      run,
      attempt: fc.integer({ min: 1, max: 3 }),
      takeover: fc.boolean(),
      lateMs,
    }),
  },
  fc.record({ step: step('heartbeat'), place, run, token, lateMs }),
  { weight: 2, arbitrary: fc.record({ step: step('check'), place, run, token, rowCount, lateMs }) },
  { weight: 3, arbitrary: fc.record({ step: step('finalize'), place, run, token, rowCount, lateMs }) },
  fc.record({ step: step('fail'), place, run, token, reason: fc.constantFrom('x', 'y'), lateMs }),
  fc.record({ step: step('publish'), place, token, lateMs }),
);
type Sent = typeof command extends fc.Arbitrary<infer C> ? C : never;
const happening = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({ kind: step('burst'), commands: fc.array(command, { minLength: 1, maxLength: 4 }) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: step('wait'), ms: fc.constantFrom(1_000, 6_000, 11_000) }) },
  { weight: 1, arbitrary: fc.record({ kind: step('reopen') }) },
);

/** "" when accepted, else the code. */
async function send({ store }: RealStore, sent: Sent, nowUs: number): Promise<string> {
  const timed = { ...NAMES[sent.place], atUs: nowUs - sent.lateMs * 1_000 };
  try {
    if (sent.step === 'open') await store.open({ ...timed, ...sent });
    else if (sent.step === 'heartbeat') store.heartbeat({ ...timed, ...sent });
    else if (sent.step === 'check') await store.check({ ...timed, ...sent, metrics: { rowCount: sent.rowCount } });
    else if (sent.step === 'fail') await store.fail({ ...timed, ...sent });
    else if (sent.step === 'publish') await store.publish({ ...timed, ...sent });
    else {
      const metrics = { rowCount: sent.rowCount };
      await store.finalize({
        run: sent.run,
        atUs: timed.atUs,
        outputs: [{ ...NAMES[sent.place], token: sent.token, metrics }],
      });
    }
    return '';
  } catch (error) {
    if (error instanceof ServiceError) return error.code;
    throw error;
  }
}

function sendNaive(naive: NaiveStore, sent: Sent, nowUs: number): string {
  const atUs = nowUs - sent.lateMs * 1_000;
  if (sent.step === 'open') {
    const { run: by, attempt, takeover } = sent;
    return naive.run(sent.place, { step: 'open', run: by, attempt, takeover, atUs }, nowUs);
  }
  if (sent.step === 'publish') return naive.run(sent.place, { step: 'publish', token: sent.token, atUs }, nowUs);
  const writing = { run: sent.run, token: sent.token, atUs };
  const isKnown = naive.partitions[sent.place].partition.versions.length > 0;
  if (!isKnown) return 'unknown-partition';
  if (sent.step === 'check') return naive.check(sent.place, writing, sent.rowCount, nowUs);
  if (sent.step === 'finalize') return naive.finalize(sent.place, writing, sent.rowCount, nowUs);
  if (sent.step === 'fail') return naive.run(sent.place, { step: 'fail', ...writing, reason: sent.reason }, nowUs);
  return naive.run(sent.place, { step: 'heartbeat', ...writing }, nowUs);
}

function expectSameStates({ store }: RealStore, naive: NaiveStore): void {
  for (const [i, name] of NAMES.entries()) {
    const { versions } = naive.partitions[i].partition;
    const row = store.index.find(name);
    const states = versions.map(({ number }) => {
      const state = store.index.version(row, number, '');
      return state && STATUS_NAMES[state.status];
    });
    expect(states).toEqual(versions.map(({ status }) => STATUS_NAMES[status]));
    const readable = readableVersion(naive.partitions[i].partition)?.number ?? 0;
    expect(store.ready({ inputs: [name] }).versions).toEqual([readable]);
  }
}

describe('the store on real files and the pure lifecycle', () => {
  it('accept, refuse and remember alike', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(happening, { minLength: 5, maxLength: 25 }), async (happenings) => {
        const real = await RealStore.make();
        const naive = new NaiveStore([false, true]);
        try {
          await real.store.declare({ ...NAMES[1], gate: { rowCount: { min: GATED_MIN_ROWS } } });
          for (const one of happenings) {
            if (one.kind === 'reopen') {
              // Heartbeats are volatile: what comes after it may not be older than one.
              real.clock.advance(LATEST_MS);
              naive.settle(real.clock.nowUs());
              await real.settled();
              await real.reopen();
              naive.restart(real.clock.nowUs());
            } else if (one.kind === 'wait') {
              real.clock.advance(one.ms);
              naive.settle(real.clock.nowUs());
            } else {
              const nowUs = real.clock.nowUs();
              const answers = Promise.all(one.commands.map((sent) => send(real, sent, nowUs)));
              const expected = one.commands.map((sent) => sendNaive(naive, sent, nowUs));
              expect({ sent: one.commands, answers: await answers }).toEqual({ sent: one.commands, answers: expected });
              naive.settle(nowUs);
            }
            await real.settled();
            expectSameStates(real, naive);
          }
        } finally {
          await real.remove();
        }
      }),
      { numRuns: 30 },
    );
  });
});
