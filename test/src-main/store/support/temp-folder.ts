// A folder that exists while a test runs.

import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** Removed when the test that asked for it is finished. */
export function tempFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'landfall-store-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
