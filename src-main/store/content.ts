// What an owner finds in its workspace at start: leftovers swept, the ledger recovered, imports read, the read model
// made to agree.

import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Problem } from '../../shared/base/problem.ts';
import type { Manifest } from './imports/manifest.ts';
import { readShelf, setImportAside } from './imports/shelf.ts';
import { Ledger, type LedgerOptions } from './ledger/ledger.ts';
import { READ_MODEL_FILE, ReadModel } from './read-model/read-model.ts';

export const IMPORTS_FOLDER = 'imports';
export const QUARANTINE_FOLDER = 'quarantine';
/** Copies for the SQL of others. */
export const CONSOLE_FOLDER = 'console';

/** Of former owners that died: claims on stale locks, half-written files, spilled query data, a session's secret, copies for queries. */
const LEFTOVERS = [
  /^LOCK\..+$/,
  /^.+\.json\.[0-9a-f]{12}\.tmp$/,
  /^landfall\.duckdb\.tmp$/,
  /^session\.json$/,
  /^console$/,
];

export interface Content {
  readonly imports: readonly Manifest[];
  readonly readModel: ReadModel;
  readonly ledger: Ledger;
  readonly problems: readonly Problem[];
}

/** Only the holder of the folder's lock may call this. Whoever gets the content closes its ledger and read model. */
export async function openContent(dir: string, options: LedgerOptions): Promise<Content> {
  const leftovers = (await readdir(dir)).filter((name) => LEFTOVERS.some((leftover) => leftover.test(name)));
  for (const name of leftovers) await rm(join(dir, name), { recursive: true, force: true });
  const { ledger, recovery } = await Ledger.open(dir, options);
  try {
    const content = await openImports(dir);
    return { ...content, ledger, problems: [...recovery.problems, ...content.problems] };
  } catch (error) {
    await ledger.close();
    throw error;
  }
}

async function openImports(dir: string): Promise<Omit<Content, 'ledger'>> {
  const importsFolder = join(dir, IMPORTS_FOLDER);
  const quarantine = join(dir, QUARANTINE_FOLDER);
  const { imports, problems } = await readShelf(importsFolder, quarantine);
  const file = join(dir, READ_MODEL_FILE);
  const readModel = await ReadModel.open({ file, importsFolder, quarantine }, imports);
  const rebuilt = readModel.rebuilds.map(
    (reason): Problem => ({ severity: 'warning', file, line: null, reason: `made again from the imports: ${reason}` }),
  );
  const damaged = await Promise.all(
    readModel.damaged.map(({ manifest, reason }) => setImportAside(importsFolder, quarantine, manifest, reason)),
  );
  const gone = new Set(readModel.damaged.map(({ manifest }) => manifest));
  const whole = imports.filter((manifest) => !gone.has(manifest));
  return { imports: whole, readModel, problems: [...problems, ...rebuilt, ...damaged] };
}
