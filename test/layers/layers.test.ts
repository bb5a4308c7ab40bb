// The layer rule sees: each planted violation is found, and the project itself has none.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkLayers } from './check.mjs';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'landfall-layers-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function plant(files: Record<string, string>): void {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
}

const PLANTED: [string, Record<string, string>, RegExp][] = [
  [
    'an import against the direction',
    {
      'shared/base/a.ts': "import type { B } from '../model/b.ts';\nexport type A = B;\n",
      'shared/model/b.ts': 'export type B = 1;\n',
    },
    /shared\/base\/a\.ts -> .*shared\/base may not import shared\/model/,
  ],
  [
    'Node in a pure layer',
    { 'shared/base/a.ts': "import { readFileSync } from 'node:fs';\nexport const a = readFileSync;\n" },
    /shared\/base may not use Node/,
  ],
  [
    'a package that the layer does not list',
    {
      'src-main/services/a.ts':
        "import { DuckDBInstance } from '@duckdb/node-api';\nexport const a = DuckDBInstance;\n",
    },
    /src-main\/services may not use the package @duckdb\/node-api/,
  ],
  [
    'the renderer reaching for the simulator',
    {
      'src-renderer/a.tsx': "import { x } from '../simulations/engine/x.ts';\nexport const a = x;\n",
      'simulations/engine/x.ts': 'export const x = 1;\n',
    },
    /src-renderer may not import simulations\/engine/,
  ],
  [
    'a file that no rule covers',
    { 'shared/stray/a.ts': 'export const a = 1;\n' },
    /shared\/stray\/a\.ts: no layer covers/,
  ],
  [
    'a cycle',
    {
      'shared/base/a.ts': "import { b } from './b.ts';\nexport const a = () => b;\n",
      'shared/base/b.ts': "import { a } from './a.ts';\nexport const b = () => a;\n",
    },
    /is part of a cycle/,
  ],
  [
    'a missing file',
    { 'shared/base/a.ts': "import { b } from './gone.ts';\nexport const a = b;\n" },
    /cannot be resolved/,
  ],
];

describe('the layer rule', () => {
  it.each(PLANTED)('finds %s', async (_name, files, expected) => {
    plant(files);
    const { violations } = await checkLayers(root);
    expect(violations.join('\n')).toMatch(expected);
  });

  it('fails when it has read nothing', async () => {
    const { violations } = await checkLayers(root);
    expect(violations).toEqual(['no module was read: the check proves nothing']);
  });

  it('accepts what the table allows', async () => {
    plant({ 'shared/base/a.ts': 'export const a = 1;\n', 'shared/model/b.ts': "export { a } from '../base/a.ts';\n" });
    expect(await checkLayers(root)).toEqual({ modules: 2, violations: [] });
  });
});
