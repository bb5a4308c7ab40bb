// A partition of 10,000 files written over 20 minutes, as its readers see it: by its marker, looked for every few minutes
// as sensors do, and by the store's event. Real files in a real folder, the real ledger; only the clock is moved by hand.

import { mkdirSync, mkdtempSync, realpathSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { judgeTree } from '../../../../shared/analysis/markers/judge.ts';
import { parseMarkerPolicy } from '../../../../shared/analysis/markers/policy.ts';
import { NEVER_CANCELLED } from '../../../../shared/base/cancel.ts';
import { scanTree } from '../../../../src-main/importers/markers/scan-tree.ts';
import { ProblemList } from '../../../../src-main/importers/problem-list.ts';
import { LedgerStore } from '../../../../src-main/store/commands/ledger-store.ts';
import { Ledger } from '../../../../src-main/store/ledger/ledger.ts';
import { ManualClock } from '../commands/manual-clock.ts';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'landfall-files-')));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const FILES = 10_000;
const MINUTES = 20;
const PER_MINUTE = FILES / MINUTES;
/** After its last file: the check, and the finalize. */
const FINALIZE_AFTER_MS = 25_000;
const START_MS = Date.parse('2025-12-25T00:42:00Z');
const MS_PER_MINUTE = 60_000;
const POLL_MINUTES = 4;
const KEY = 'date=2025-12-24';
const NAME = { namespace: 'lake', dataset: 'events', partition: KEY };

const policy = parseMarkerPolicy('partition');
if (!policy.ok) throw new Error(policy.error);

/** What a reader sees who looks now, and how many files it had to ask for. */
async function look(root: string): Promise<{ status: string; asked: number }> {
  const files = await scanTree(root, '', new ProblemList(), NEVER_CANCELLED);
  const { partitions } = judgeTree(files, {
    policy: policy.ok ? policy.value : { kind: 'none' },
    layout: [],
    toleranceMs: 0,
  });
  return { status: partitions[0]?.status ?? 'nothing', asked: files.length };
}

test('no reader gets through early; polling asks for 30,000 files and comes late, the event comes once and at once', async () => {
  const root = join(folder, 'events');
  const partition = join(root, KEY);
  mkdirSync(partition, { recursive: true });
  const clock = new ManualClock();
  clock.advance(START_MS - clock.nowUs() / 1_000);
  const { ledger } = await Ledger.open(join(folder, 'workspace'));
  const store = await LedgerStore.open(ledger, { clock });

  const { token } = await store.open({ ...NAME, run: 'ingest', attempt: 1 });
  let toldAtMs = Number.NaN;
  const told = store.wait({ inputs: [NAME], when: 'published' }, NEVER_CANCELLED).then((answer) => {
    toldAtMs = clock.nowUs() / 1_000;
    return answer;
  });

  const seen: string[] = [];
  let asked = 0;
  for (let minute = 1; minute <= MINUTES; minute++) {
    for (let i = 0; i < PER_MINUTE; i++) {
      const file = join(partition, `part-${(minute - 1) * PER_MINUTE + i}.parquet`);
      writeFileSync(file, '');
      const at = (START_MS + (minute - 1) * MS_PER_MINUTE + (i * MS_PER_MINUTE) / PER_MINUTE) / 1_000;
      utimesSync(file, at, at);
    }
    clock.advance(MS_PER_MINUTE);
    store.heartbeat({ ...NAME, run: 'ingest', token });
    if (minute % POLL_MINUTES === 0) {
      const { status, asked: files } = await look(root);
      seen.push(status);
      asked += files;
    }
    expect(store.ready({ inputs: [NAME] }).ready).toBe(false);
    const early = store.mark({ ...NAME, token, path: join(partition, '_SUCCESS') });
    await expect(early).rejects.toMatchObject({ code: 'not-whole' });
  }
  expect(new Set(seen)).toEqual(new Set(['running']));
  expect(toldAtMs).toBeNaN();

  clock.advance(FINALIZE_AFTER_MS);
  const finalizedMs = clock.nowUs() / 1_000;
  await store.finalize({ run: 'ingest', outputs: [{ ...NAME, token, metrics: { rowCount: 3_200_000_000 } }] });
  await expect(told).resolves.toMatchObject({ ready: true, versions: [1] });
  await store.mark({ ...NAME, token, path: join(partition, '_SUCCESS') });

  clock.advance(POLL_MINUTES * MS_PER_MINUTE - FINALIZE_AFTER_MS);
  const poll = await look(root);
  expect(poll.status).toBe('whole');
  expect(toldAtMs - finalizedMs).toBe(0);
  expect(clock.nowUs() / 1_000 - finalizedMs).toBe(215_000);
  // At each look all that is there so far: 2,000, 4,000, … 10,000 files. The last look came after that.
  expect(asked).toBe(30_000);

  // The next writer's files are no business of this marker.
  await store.open({ ...NAME, run: 'ingest-again', attempt: 1 });
  const again = store.mark({ ...NAME, token, path: join(partition, '_SUCCESS') });
  await expect(again).rejects.toMatchObject({ code: 'stale-marker' });

  store.close();
  await ledger.close();
  store.detach();
});
