// Tasks of a log and of a catalog are joined by the names of their pipelines and their own, never by rows.

import { describe, expect, it } from 'vitest';
import { LogCatalog } from '../../../../shared/analysis/why/log-catalog.ts';
import { type Catalog, catalogOf } from '../../../../shared/model/catalog.ts';
import { LogBuilder } from '../log-builder.ts';

const none = () => new Int32Array(0);

/** `tasks`: namespace, pipeline, task. */
function catalogWith(tasks: readonly (readonly [string, string, string])[]): Catalog {
  const blank = tasks.map(() => '');
  const access = { task: none(), dataset: none(), declared: new Uint8Array(0) };
  return catalogOf({
    pipelines: {
      namespace: tasks.map(([namespace]) => namespace),
      name: tasks.map(([, pipeline]) => pipeline),
      domain: blank,
      owner: blank,
      schedule: blank,
    },
    tasks: {
      pipeline: Int32Array.from(tasks, (_, i) => i),
      name: tasks.map(([, , task]) => task),
      pool: new Int32Array(tasks.length).fill(-1),
      slots: new Int32Array(tasks.length).fill(4),
      priority: new Int32Array(tasks.length),
    },
    datasets: { namespace: ['', ''], name: ['events', 'users'] },
    pools: { name: [], slots: none() },
    dependencies: { task: none(), upstream: none(), kind: new Uint8Array(0), dataset: none() },
    reads: access,
    writes: access,
  });
}

describe('a log and its catalog', () => {
  const log = new LogBuilder();
  for (const name of ['a/load', 'a.b/load', 'a/b', 'gone/load']) log.taskRun(name);
  const built = log.build();
  const { namespace } = built.names.pipelines;
  const catalog = catalogWith([
    [namespace[0], 'a', 'b'],
    ['elsewhere', 'a', 'load'],
    [namespace[0], 'a.b', 'load'],
    [namespace[0], 'a', 'load'],
  ]);
  const join = new LogCatalog(built, catalog);
  const named = (row: number): string =>
    `${built.names.pipelines.name[built.names.tasks.pipeline[row]]}/${built.names.tasks.name[row]}`;

  it('are joined by both names, also where a pipeline stands in several rows or namespaces', () => {
    const rowOf = (name: string): number =>
      [...built.names.tasks.name.keys()].find((row) => named(row) === name) ?? Number.NaN;
    expect(join.taskOf[rowOf('a/b')]).toBe(0);
    expect(join.taskOf[rowOf('a.b/load')]).toBe(2);
    expect(join.taskOf[rowOf('a/load')]).toBe(3);
    expect(join.taskOf[rowOf('gone/load')]).toBe(-1);
    expect(Array.from(join.logTaskOf, (row) => (row < 0 ? '' : named(row)))).toEqual(['a/b', '', 'a.b/load', 'a/load']);
  });

  it('what is not known takes one slot', () => {
    expect(join.slotsOf(join.logTaskOf[3])).toBe(4);
    expect(join.slotsOf(Array.from(join.taskOf).indexOf(-1))).toBe(1);
  });
});
