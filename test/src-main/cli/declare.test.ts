// `landfall declare` on a workspace: what the file says is what the ledger holds, and a wrong gate is told with its line.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { LedgerStore } from '../../../src-main/store/commands/ledger-store.ts';
import { Workspace } from '../../../src-main/store/workspace.ts';
import { tempFolder } from '../store/support/temp-folder.ts';
import { landfall } from './support/landfall.ts';

const definitions = (gate: string): string => `version: 1
datasets:
  events: {partitioned: daily, gate: ${gate}}
  plain: daily
pipelines:
  ingest:
    schedule: "0 1 * * *"
    tasks: {load: {duration: 5m, writes: [events, plain]}}
`;

test('the gates of a file bind the commands after it', async () => {
  const { dir, close } = await opened();
  await close();
  const file = join(tempFolder(), 'night.yaml');
  writeFileSync(
    file,
    definitions(
      '{rows: {min: 10, relative: {versions: 3, low: 0.5, high: 2}}, nulls: {user: 1%}, schema: same, freshness: 26h}',
    ),
  );
  const told = await landfall(['declare', file, '--workspace', dir, '--namespace', 'w']);
  expect(told).toMatchObject({ code: 0, stdout: '1 of 2 datasets have a gate: events\n' });
  const again = await opened(dir);
  expect(again.store.index.parts.datasets.states).toMatchObject([
    {
      dataset: 'events',
      gate: {
        rowCount: { min: 10, relative: { versions: 3, low: 0.5, high: 2 } },
        nullRates: { user: 0.01 },
        schemaFingerprint: 'same',
        freshnessMs: 26 * 3_600_000,
      },
    },
    { dataset: 'plain', gate: null },
  ]);
  const name = { namespace: 'w', dataset: 'events', partition: 'date=2025-12-24' };
  await again.store.open({ ...name, run: 'r', attempt: 1 });
  const { passed, reasons } = await again.store.check({ ...name, run: 'r', token: 1, metrics: { rowCount: 9 } });
  expect([passed, reasons[0]]).toEqual([false, '9 rows, at least 10 are wanted']);
  await again.close();
});

test('a gate that nothing passes is refused with its line, and nothing is declared', async () => {
  const { dir, close } = await opened();
  await close();
  const file = join(tempFolder(), 'night.yaml');
  writeFileSync(file, definitions('{rows: {min: 10, max: 5}}'));
  const refused = await landfall(['declare', file, '--workspace', dir]);
  expect(refused).toMatchObject({ code: 2, stdout: '' });
  expect(refused.stderr).toContain(`${file}:3: datasets.events.gate.rows: min is above max: nothing passes`);
  const again = await opened(dir);
  expect(again.store.lastSeq).toBe(0);
  await again.close();
});

async function opened(dir?: string) {
  const workspace = dir === undefined ? await Workspace.create(tempFolder(), 'gates') : await Workspace.open(dir);
  const store = await LedgerStore.open(workspace.ledger);
  const close = async (): Promise<void> => {
    store.close();
    await workspace.close();
  };
  return { dir: workspace.dir, store, close };
}
