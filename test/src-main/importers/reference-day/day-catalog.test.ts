import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hashCatalog } from '../../../../shared/model/catalog.ts';
import { dayCatalog } from '../../../../src-main/importers/reference-day/day-catalog.ts';
import { readDayFolder } from '../../../../src-main/importers/reference-day/read-day-folder.ts';
import { describeCatalog } from '../support/describe-log.ts';
import { FIXTURES } from '../support/import-here.ts';

const readFixture = async () => {
  const { day } = await readDayFolder(join(FIXTURES, 'day'));
  if (day === null) throw new Error('the fixture is not a day');
  return day;
};

describe('dayCatalog', () => {
  it('names pipelines, tasks, pools and the datasets that somebody sees land', async () => {
    const catalog = dayCatalog(await readFixture());
    await expect(`${JSON.stringify(describeCatalog(catalog), null, 2)}\n`).toMatchFileSnapshot(
      '../../../golden/importers/day-catalog.json',
    );
    const { hash, ...tables } = catalog;
    expect(hash).toBe(hashCatalog(tables));
  });

  it('sorts dependencies and reads each dataset once, whatever the order of deps.csv', async () => {
    const day = await readFixture();
    const rows = [3, 2, 1, 0, 3];
    const turned = {
      ...day,
      depTask: Int32Array.from(rows, (row) => day.depTask[row]),
      depUpstream: Int32Array.from(rows, (row) => day.depUpstream[row]),
      depKind: Uint8Array.from(rows, (row) => day.depKind[row]),
    };
    const { dependencies, reads } = dayCatalog(turned);
    expect([...dependencies.task]).toEqual([1, 2, 3, 3, 3]);
    expect([...dependencies.upstream]).toEqual([0, 0, 0, 0, 2]);
    expect([...reads.task]).toEqual([2, 3]);
  });
});
