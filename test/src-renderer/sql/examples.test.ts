// Every ready-made query runs on a real read model, says what its title asks, and takes hostile names of logs.

import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NEVER_CANCELLED } from '../../../shared/base/cancel.ts';
import { startHost } from '../../../src-main/host/start-host.ts';
import { Workspace } from '../../../src-main/store/workspace.ts';
import { examplesOf } from '../../../src-renderer/sql/examples.ts';
import { scratch } from '../../src-main/store/support/scratch.ts';
import { smallImport } from '../../src-main/store/support/small-import.ts';

const dir = scratch();
let workspace: Workspace;

beforeAll(async () => {
  workspace = await Workspace.create(join(dir, 'ws'), 'ws');
  await workspace.addImport(smallImport(1));
  await workspace.addImport(smallImport(2));
});
afterAll(() => workspace.close());

for (const log of ['night-1', null, "night' OR '' = '"]) {
  describe(`of ${log ?? 'the newest log'}`, () => {
    it.each(examplesOf(log).flatMap(({ examples }) => [...examples]))('$id', async ({ sql }) => {
      expect(await workspace.query(sql)).toBeInstanceOf(Array);
    });
  });
}

it('asks of the one log that it names', async () => {
  const runs = (log: string | null): string => examplesOf(log)[0]?.examples[0]?.sql ?? '';
  const rows = await workspace.query(runs('night-1'));
  expect(rows.length).toBeGreaterThan(0);
  expect(await workspace.query(runs("night' OR '' = '"))).toEqual([]);
  expect(await workspace.query(runs(null))).toHaveLength((await workspace.query(runs('night-2'))).length);
});

describe('of the live ledger', () => {
  const name = (dataset: string, partition = 'date=1') => ({ namespace: 'lake', dataset, partition });
  const found = new Map<string, Record<string, unknown>[]>();

  beforeAll(async () => {
    const host = await startHost({ workspaceDir: join(dir, 'live'), create: true });
    const { ledger } = host.api;
    const write = async (run: string, dataset: string, input?: string): Promise<void> => {
      const { token } = await ledger.open({ ...name(dataset), run, attempt: 1 });
      await ledger.check({ ...name(dataset), run, token, metrics: { rowCount: 7 } });
      const inputs = input === undefined ? [] : [{ ...name(input), version: 1 }];
      await ledger.finalize({ run, outputs: [{ ...name(dataset), token }], inputs });
    };
    await write('ingest', 'raw');
    await write('clean', 'sessions', 'raw');
    await write('train', 'features', 'sessions');
    await write('ingest-again', 'raw');
    await ledger.open({ ...name('raw', 'date=2'), run: 'ingest-2', attempt: 1 });
    // Answers once the read model has all of it.
    await host.handlers['ledger.stale']({ limit: 1 }, { signal: NEVER_CANCELLED, progress: () => {} });
    for (const { id, sql } of examplesOf(null)[1]?.examples ?? []) found.set(id, await host.workspace.query(sql));
    await host.close();
  });

  it('finds what is open', () => {
    expect(found.get('ledger-open')).toMatchObject([{ dataset: 'raw', partition_key: 'date=2', run_id: 'ingest-2' }]);
  });
  it('finds who read what is stale', () => {
    expect(found.get('ledger-stale')).toMatchObject([{ run_id: 'clean', input_dataset: 'raw', newest_version: 2 }]);
  });
  it('goes up by the versions that were read', () => {
    expect(found.get('ledger-lineage')).toMatchObject([
      { depth: 1, dataset: 'features', input_dataset: 'sessions', input_version: 1 },
      { depth: 2, dataset: 'sessions', input_dataset: 'raw', input_version: 1 },
    ]);
  });
  it('lists the checks, newest first', () => {
    expect(found.get('ledger-quality')).toHaveLength(4);
    expect(found.get('ledger-quality')?.[0]).toMatchObject({ dataset: 'raw', version: 2, passed: true, row_count: 7 });
  });
});
