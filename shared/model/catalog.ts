// A catalog: the definitions as of a moment, immutable, as columns. Ids are dense row numbers and mean nothing
// outside this catalog: two catalogs are compared by name.
// Limits: 2^31 rows a table. What is unknown is "" for text, -1 for an id and NaN for a number.

import { ContentHash } from '../base/hash.ts';

/** How a dependency is satisfied. */
export const DepKind = {
  /** By the upstream task's end, inside a pipeline. */
  finish: 0,
  /** By the publish of a partition that the upstream task writes. */
  publish: 1,
} as const;

/** Many-to-many rows of task ids in compressed form: the values of row i are `values[offsets[i] … offsets[i + 1])`. */
export interface Csr {
  readonly offsets: Int32Array;
  readonly values: Int32Array;
}

export interface PipelineTable {
  readonly namespace: readonly string[];
  readonly name: readonly string[];
  /** The group a pipeline is drawn in: from tags, folders, owners or the name's prefix. */
  readonly domain: readonly string[];
  readonly owner: readonly string[];
  /** Cron text, `@daily`, an interval; "" when unknown or manual. */
  readonly schedule: readonly string[];
}

export interface TaskTable {
  readonly pipeline: Int32Array;
  /** Unique inside the pipeline; a task group is its dotted prefix. */
  readonly name: readonly string[];
  readonly pool: Int32Array;
  readonly slots: Int32Array;
  readonly priority: Int32Array;
}

/** Row i of a task's dependencies; sorted by (task, upstream). */
export interface DependencyTable {
  readonly task: Int32Array;
  readonly upstream: Int32Array;
  /** A DepKind. */
  readonly kind: Uint8Array;
  /** The dataset that carries a publish dependency, or -1. */
  readonly dataset: Int32Array;
}

/** A task touches a dataset. */
export interface AccessTable {
  readonly task: Int32Array;
  readonly dataset: Int32Array;
  /** Reads only: 1 when a dependency makes the task wait for the data, 0 when it reads whatever is there. */
  readonly declared: Uint8Array;
}

export interface DatasetTable {
  readonly namespace: readonly string[];
  readonly name: readonly string[];
}

export interface PoolTable {
  readonly name: readonly string[];
  /** -1 when unknown. */
  readonly slots: Int32Array;
}

export interface CatalogTables {
  readonly pipelines: PipelineTable;
  readonly tasks: TaskTable;
  readonly datasets: DatasetTable;
  readonly pools: PoolTable;
  readonly dependencies: DependencyTable;
  readonly reads: AccessTable;
  readonly writes: AccessTable;
}

export interface Catalog extends CatalogTables {
  /** 32 hex digits of the content of every table. */
  readonly hash: string;
}

/** Names a catalog by its content. */
export function catalogOf(tables: CatalogTables): Catalog {
  return { ...tables, hash: hashCatalog(tables) };
}

export function hashCatalog(tables: CatalogTables): string {
  const hash = new ContentHash();
  for (const [name, table] of Object.entries(tables)) {
    hash.text(name);
    for (const [column, values] of Object.entries(
      table as Record<string, readonly string[] | Int32Array | Uint8Array>,
    )) {
      hash.text(column);
      if (values instanceof Int32Array || values instanceof Uint8Array) hash.array(values);
      else for (const value of values) hash.text(value);
    }
  }
  return hash.hex();
}

export const pipelineCount = (c: CatalogTables): number => c.pipelines.name.length;

/** `pipeline.task`, the name a person uses; the pipeline alone when the task has its name. */
export function taskLabel(c: Pick<CatalogTables, 'pipelines' | 'tasks'>, task: number): string {
  const pipeline = c.pipelines.name[c.tasks.pipeline[task]];
  const name = c.tasks.name[task];
  return name === pipeline ? pipeline : `${pipeline}.${name}`;
}

/** Rows grouped by one column: CSR whose values are the other column. `rows` must be the number of keys. */
export function csrBy(keys: ArrayLike<number>, values: ArrayLike<number>, rows: number): Csr {
  const offsets = new Int32Array(rows + 1);
  for (let i = 0; i < keys.length; i++) offsets[keys[i] + 1]++;
  for (let i = 0; i < rows; i++) offsets[i + 1] += offsets[i];
  const next = offsets.slice(0, rows);
  const out = new Int32Array(values.length);
  for (let i = 0; i < keys.length; i++) out[next[keys[i]]++] = values[i];
  return { offsets, values: out };
}
