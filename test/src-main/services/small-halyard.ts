// A workspace with the sample company's logs at the smallest size that has its whole cast, as `landfall start` makes it at
// the usual one.

import { createHash } from 'node:crypto';
import type { Catalog } from '../../../shared/model/catalog.ts';
import type { Log } from '../../../shared/model/log.ts';
import { PLAIN_NIGHTS, SampleNights } from '../../../simulations/scenarios/sample.ts';
import { Workspace } from '../../../src-main/store/workspace.ts';

export const SMALL_SIZE = { seed: 7, pipelines: 14, taskRuns: 60 };
export const INCIDENT = 'night-2025-12-24';
export const CALM = 'night-2025-12-23';
export const WITHOUT_LINEAGE = 'airflow-2025-12-24';

interface Nights {
  readonly catalog: Catalog;
  readonly logs: readonly Log[];
}

/** `more`: further logs to put in, made of the nights. */
export async function makeHalyard(dir: string, more: (nights: Nights) => readonly Log[] = () => []): Promise<Nights> {
  const nights = new SampleNights(SMALL_SIZE);
  const { catalog, logs, landings } = nights.detailed();
  const plain = Array.from({ length: PLAIN_NIGHTS }, (_, night) => nights.landings(night));
  const history = nights.history(catalog, [...plain, ...landings]);
  const all = [...logs, history, ...more({ catalog, logs })];
  const workspace = await Workspace.create(dir, 'halyard');
  try {
    for (const log of all) {
      const contentHash = createHash('sha256').update(log.name).digest('hex');
      await workspace.addImport({ contentHash, importedFrom: 'small halyard', catalog, log });
    }
  } finally {
    await workspace.close();
  }
  return { catalog, logs: all };
}
