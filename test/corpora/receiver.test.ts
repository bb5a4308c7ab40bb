// Real OpenLineage events through the receiver: what is stored of each says as much as the event did, so the live log is
// what an import of the same file is.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { LedgerRecord } from '../../shared/model/ledger.ts';
import { LiveBook } from '../../src-main/importers/live/live-book.ts';
import { NamePool } from '../../src-main/importers/openlineage/name-pool.ts';
import { receiveEvents } from '../../src-main/importers/openlineage/receive-events.ts';
import { describeCatalog, describeLog } from '../src-main/importers/support/describe-log.ts';
import { importQuietly, onlyLog } from '../src-main/importers/support/import-here.ts';

const dir = process.env.LANDFALL_DATA ? join(process.env.LANDFALL_DATA, 'openlineage', 'events') : '';
/** One of them wraps its events, and is refused as a file too. */
const files =
  dir === '' ? [] : readdirSync(dir).filter((name) => name.endsWith('.ndjson') && !name.startsWith('flink-'));

describe.skipIf(!process.env.LANDFALL_DATA)('real OpenLineage events', () => {
  it.each(files)('%s: the live log is the imported one, in the reverse order of arrival too', async (name) => {
    const path = join(dir, name);
    const lines = readFileSync(path, 'utf8').trim().split('\n');
    const pool = new NamePool();
    const records = lines.toReversed().map((line, i): LedgerRecord => {
      const received = receiveEvents(Buffer.from(line), pool);
      const [one] = received.ok ? received.value.events : [];
      if (one === undefined) throw new Error(JSON.stringify(received));
      const { atUs, contentHash, event } = one;
      expect(event.length).toBeLessThanOrEqual(line.length + 2_000);
      return { kind: 'observed', seq: i + 1, atUs, receivedUs: i, contentHash, event };
    });
    const book = new LiveBook();
    book.add(records);
    const live = book.derive('live');
    const imported = onlyLog(await importQuietly(path));
    expect(live && describeCatalog(live.catalog)).toEqual(describeCatalog(imported.catalog));
    const content = (log: typeof imported.log): object => describeLog({ ...log, name: '', title: '' });
    expect(live && content(live.log)).toEqual(content(imported.log));
  });
});
