// The schema that the SQL screen and the command line list: all there is, each with its columns and what a row of it is.

import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { SqlSchemaView } from '../../../shared/api/views-sql.ts';
import { NEVER_CANCELLED } from '../../../shared/base/cancel.ts';
import { type Host, startHost } from '../../../src-main/host/start-host.ts';
import { scratch } from '../store/support/scratch.ts';

const dir = scratch();
let host: Host;
let schema: SqlSchemaView;

beforeAll(async () => {
  host = await startHost({ workspaceDir: join(dir, 'ws'), create: true });
  schema = await host.handlers['sql.schema']({}, { signal: NEVER_CANCELLED, progress: () => {} });
});
afterAll(() => host.close());

it('says of every table, view and macro what a row of it is', () => {
  expect(schema.tables.filter(({ about }) => about === '').map(({ name }) => name)).toEqual([]);
  expect(schema.tables.length).toBeGreaterThan(30);
});

it('has columns with types, and parameters of macros', () => {
  const columns = (name: string) => schema.tables.find((table) => table.name === name)?.columns ?? [];
  expect(columns('task_run_view')).toContainEqual({ name: 'deadline', type: 'TIMESTAMP' });
  expect(columns('ledger_state_as_of')).toEqual([{ name: 'wanted_seq', type: '' }]);
});
