// The live log against the importer: the same events give the same catalog and log, in whatever order they arrive, how
// often they come, and in whatever portions; the window drops whole runs and keeps definitions.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LedgerRecord } from '../../../../shared/model/ledger.ts';
import type { Log } from '../../../../shared/model/log.ts';
import { LiveBook } from '../../../../src-main/importers/live/live-book.ts';
import { NamePool } from '../../../../src-main/importers/openlineage/name-pool.ts';
import { receiveEvents } from '../../../../src-main/importers/openlineage/receive-events.ts';
import { describeCatalog, describeLog } from '../support/describe-log.ts';
import { FIXTURES, importText, onlyLog } from '../support/import-here.ts';
import { event } from '../support/lineage-text.ts';

const lines = readFileSync(join(FIXTURES, 'nightly.ndjson'), 'utf8').trim().split('\n');

/** What the ledger holds after these bodies arrived one after another. */
function recordsOf(bodies: readonly string[]): LedgerRecord[] {
  const pool = new NamePool();
  return bodies.map((body, i) => {
    const received = receiveEvents(Buffer.from(body), pool);
    const [one] = received.ok ? received.value.events : [];
    if (one === undefined) throw new Error(JSON.stringify(received));
    const { contentHash, event: text, atUs } = one;
    return { kind: 'observed', seq: i + 1, atUs, receivedUs: i, contentHash, event: text };
  });
}

/** Without the name and title, which say where a log comes from. */
const content = (log: Log): object => ({ ...describeLog({ ...log, name: '', title: '' }) });

function live(records: readonly LedgerRecord[], portions = 1): object {
  const book = new LiveBook();
  const size = Math.ceil(records.length / portions);
  for (let from = 0; from < records.length; from += size) book.add(records.slice(from, from + size));
  const derived = book.derive('live');
  if (derived === null) throw new Error('nothing was derived');
  return { catalog: describeCatalog(derived.catalog), log: content(derived.log) };
}

describe('the live log', () => {
  it('is what the importer makes of the same events, in any order and when events come twice', async () => {
    const imported = onlyLog(await importText(lines.join('\n')));
    const expected = { catalog: describeCatalog(imported.catalog), log: content(imported.log) };
    const arrival = fc.tuple(
      fc.shuffledSubarray(lines, { minLength: lines.length }),
      fc.subarray(lines),
      fc.integer({ min: 1, max: 5 }),
    );
    fc.assert(
      fc.property(arrival, ([shuffled, again, portions]) => {
        expect(live(recordsOf([...shuffled, ...again]), portions)).toEqual(expected);
      }),
      { numRuns: 40 },
    );
  });

  it('is nothing while nothing has come', () => {
    expect(new LiveBook().derive('live')).toBeNull();
  });
});

describe('the window', () => {
  const run = (id: number): string[] => [
    event('START', id % 60, { run: `r${id}`, outputs: ['out'] }),
    event('COMPLETE', id % 60, { run: `r${id}`, outputs: ['out'] }),
  ];

  it('keeps the newest runs whole, and every definition', () => {
    const definition = JSON.stringify({
      eventTime: '2025-12-25T01:00:00Z',
      job: { namespace: 'shop', name: 'never-run' },
      inputs: [],
      outputs: [{ namespace: 'db', name: 'never-written' }],
    });
    const bodies = [definition, ...Array.from({ length: 50 }, (_, id) => run(id)).flat()];
    const book = new LiveBook(21);
    for (const record of recordsOf(bodies)) book.add([record]);
    const derived = book.derive('live');
    const ids = [...new Set(derived?.log.runs.runId)];
    expect(ids.length).toBeGreaterThan(5);
    expect(ids.length).toBeLessThanOrEqual(11);
    expect(ids).toContain('r49');
    expect(ids).not.toContain('r0');
    expect(derived?.catalog.pipelines.name).toContain('never-run');
    // None of them is half a run: each that is there has started and ended.
    const kinds = derived?.log.chunks.flatMap(({ kind }) => [...kind]) ?? [];
    expect(kinds.filter((kind) => kind === 6).length).toBe(ids.length);
    expect(kinds.filter((kind) => kind === 7).length).toBe(ids.length);
  });
});
