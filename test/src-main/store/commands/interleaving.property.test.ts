// Two writers, a zombie, a reader, a publisher and the clock, one step at a time in every order that the scheduler
// picks, with the ledger's syncs among them. Whatever the order: the records break no rule, a reader's answer is exactly
// what the durable records up to its seq say, and nothing is answered before it is durable.

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cancelSource } from '../../../../shared/base/cancel.ts';
import { RecordJudge } from './judge-records.ts';
import { GATED, Night, PLAIN } from './night.ts';

describe('two writers, a zombie, a reader and a publisher', () => {
  it('break no rule in any order', async () => {
    const refused = new Set<string>();
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.boolean(), async (scheduler, takeover) => {
        const night = await Night.of(scheduler);
        const source = cancelSource();
        const seen: number[] = [];
        const watching = (async () => {
          for await (const batch of night.store.subscribe({ fromSeq: 1 }, source.signal)) {
            for (const { seq } of batch) seen.push(seq);
          }
        })();
        const declared = night.store.declare({ ...GATED, gate: { rowCount: { min: 1 } } });
        const actors = [
          declared,
          // A writer whose later attempt makes a zombie of the first, and another run.
          night.write('a', 1, false),
          night.write('a', 2, false),
          night.write('b', 1, takeover),
          night.read(),
          night.publish(),
          night.pass(),
        ];
        await scheduler.waitFor(Promise.all(actors));
        await scheduler.waitFor(night.store.declare({ ...PLAIN, gate: null }));
        const judge = new RecordJudge([GATED.dataset], 0);
        for (const record of night.ledger.durable) judge.take(record);
        expect(judge.findings).toEqual([]);
        source.cancel();
        await watching;
        expect(seen).toEqual(seen.map((_, i) => i + 1));
        for (const code of night.refused) refused.add(code);
      }),
      { numRuns: 150 },
    );
    // The orders that matter were met.
    expect([...refused]).toEqual(expect.arrayContaining(['held', 'stale-token', 'not-whole']));
  });
});
