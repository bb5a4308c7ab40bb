// Properties of the OpenLineage importer: the order of arrival and repeated deliveries change nothing, and no damage
// makes it throw.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '../../../support/runs.ts';
import { describeCatalog, describeLog } from '../support/describe-log.ts';
import { FIXTURES, importText, onlyLog } from '../support/import-here.ts';

const fixture = readFileSync(join(FIXTURES, 'nightly.ndjson'), 'utf8');
const lines = fixture.trim().split('\n');
const definitions = readFileSync(join(FIXTURES, 'definitions.json'));

const names = fc.constantFrom('a', 'b', 'c');
const uses = fc.array(
  names.map((name) => ({ namespace: 'db', name })),
  { maxLength: 2 },
);
/** Few names and few moments, so that everything collides: ties, shared run ids, parents in circles. */
const eventArbitrary = fc
  .record({
    type: fc.constantFrom('START', 'RUNNING', 'COMPLETE', 'FAIL', 'ABORT', 'OTHER'),
    second: fc.nat(3),
    run: fc.constantFrom('r1', 'r2', 'r3'),
    job: names,
    parent: fc.option(fc.record({ run: fc.constantFrom('r1', 'r2', 'r9'), job: names })),
    hour: fc.option(fc.nat(2)),
    tryNumber: fc.option(fc.nat(2)),
    downstream: fc.option(uses),
    inputs: uses,
    outputs: uses,
  })
  .map((e) => ({
    eventType: e.type,
    eventTime: `2025-12-25T01:00:0${e.second}Z`,
    run: {
      runId: e.run,
      facets: {
        ...(e.parent ? { parent: { run: { runId: e.parent.run }, job: { namespace: 'n', name: e.parent.job } } } : {}),
        ...(e.hour === null ? {} : { nominalTime: { nominalStartTime: `2025-12-24T0${e.hour}:00:00Z` } }),
        ...(e.tryNumber === null
          ? {}
          : { airflow: { task: { mapped: false }, taskInstance: { try_number: e.tryNumber } } }),
      },
    },
    job: {
      namespace: 'n',
      name: e.job,
      facets: e.downstream
        ? { airflow: { tasks: { a: { downstream_task_ids: e.downstream.map(({ name }) => name) }, b: {}, c: {} } } }
        : {},
    },
    inputs: e.inputs,
    outputs: e.outputs,
  }));

async function described(text: string): Promise<object> {
  const { catalog, log } = onlyLog(await importText(text));
  return { hash: catalog.hash, catalog: describeCatalog(catalog), log: describeLog(log) };
}

describe('any order of arrival', () => {
  it('gives the same catalog and log, also when events come twice', async () => {
    const expected = await described(fixture);
    const arrival = fc.tuple(fc.shuffledSubarray(lines, { minLength: lines.length }), fc.subarray(lines));
    await fc.assert(
      fc.asyncProperty(arrival, async ([shuffled, again]) => {
        expect(await described([...shuffled, ...again].join('\n'))).toEqual(expected);
      }),
      { numRuns: runs(40) },
    );
  });

  it('does so for events that collide in every way', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(eventArbitrary, { minLength: 1, maxLength: 12 }),
        fc.infiniteStream(fc.nat()),
        async (events, keys) => {
          const texts = events.map((event) => JSON.stringify(event));
          const shuffled = texts
            .map((text) => ({ text, key: keys.next().value as number }))
            .toSorted((a, b) => a.key - b.key)
            .map(({ text }) => text);
          expect(await described(shuffled.join('\n'))).toEqual(await described(texts.join('\n')));
        },
      ),
      { numRuns: runs(100) },
    );
  });
});

const damaged = (content: Uint8Array, list: readonly { at: number; bytes: Uint8Array; isCut: boolean }[]): Uint8Array =>
  list.reduce<Uint8Array>((now, { at, bytes, isCut }) => {
    const place = at % (now.length + 1);
    return Buffer.concat([now.subarray(0, place), ...(isCut ? [] : [bytes, now.subarray(place + bytes.length)])]);
  }, content);

describe('damage', () => {
  const damage = fc.record({ at: fc.nat(), bytes: fc.uint8Array({ minLength: 1, maxLength: 8 }), isCut: fc.boolean() });
  it.each<[string, Uint8Array]>([
    ['lines', Buffer.from(fixture)],
    ['a list', definitions],
    ['gzip', gzipSync(fixture)],
  ])('of %s is told with a line or does no harm', async (_, content) => {
    await fc.assert(
      fc.asyncProperty(fc.array(damage, { minLength: 1, maxLength: 5 }), async (list) => {
        const outcome = await importText(damaged(content, list));
        expect(outcome.entries.length + outcome.errorCount).toBeGreaterThan(0);
        for (const problem of outcome.problems) expect(problem.line ?? 1).toBeGreaterThan(0);
        const [file] = outcome.files;
        expect(file.stored).toBeLessThanOrEqual(file.read);
        expect(file.stored === file.read || outcome.errorCount > 0).toBe(true);
      }),
      { numRuns: runs(60) },
    );
  });
});
