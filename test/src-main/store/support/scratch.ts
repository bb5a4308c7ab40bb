// A folder for one test file, removed after it.

import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

export function scratch(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'landfall-store-')));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
