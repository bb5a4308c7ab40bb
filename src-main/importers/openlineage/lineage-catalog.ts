// Puts drafted definitions in order and gives them rows: by namespace and name, so that the catalog (and its hash)
// depends on what was said and not on when. Reads are undeclared: no event says that a task waited for its data.

import { type Catalog, type CatalogTables, catalogOf, DepKind } from '../../../shared/model/catalog.ts';
import { findCycle } from '../../../shared/model/cycle.ts';
import type { ProblemList } from '../problem-list.ts';
import { quote } from '../text/quote.ts';
import type { Definitions, PipelineDraft, TaskDraft } from './definitions.ts';
import { domainsOf } from './domain.ts';
import { type NamedThing, namedThing } from './lineage-event.ts';
import { compareText, sortThings } from './order-events.ts';

const UNKNOWN = -1;

export interface LineageCatalog {
  readonly catalog: Catalog;
  /** Rows by draft, by key and by name. */
  readonly taskRow: ReadonlyMap<TaskDraft, number>;
  readonly pipelineRow: ReadonlyMap<string, number>;
  readonly datasetRow: ReadonlyMap<string, number>;
  readonly poolRow: ReadonlyMap<string, number>;
  /** Tasks (rows) of which all upstreams are known. */
  readonly ordered: ReadonlySet<number>;
}

export function lineageCatalog(definitions: Definitions, file: string, problems: ProblemList): LineageCatalog {
  const pipelines = sortThings(definitions.pipelines.values());
  const datasets = sortThings(definitions.datasets.values());
  const tasks = pipelines.flatMap((pipeline, row) =>
    tasksInOrder(pipeline).map((task) => ({ ...task, pipeline: row })),
  );
  const pools = [...new Set(tasks.map(({ draft }) => draft.pool))].filter((name) => name !== '').toSorted(compareText);
  const taskRow = new Map(tasks.map(({ draft }, row) => [draft, row]));
  const datasetRow = rowsOf(datasets);
  const poolRow = new Map(pools.map((name, row) => [name, row]));
  const orders = pipelines.map((pipeline) => declaredOrder(pipeline, taskRow, file, problems));
  const ordered = new Set(orders.flatMap(({ tasks }) => tasks));
  const drafts = tasks.map(({ draft }) => draft);
  const tables: CatalogTables = {
    pipelines: {
      namespace: pipelines.map((pipeline) => pipeline.namespace),
      name: pipelines.map((pipeline) => pipeline.name),
      domain: domainsOf(pipelines),
      owner: pipelines.map((pipeline) => pipeline.owner),
      schedule: pipelines.map((pipeline) => pipeline.schedule),
    },
    tasks: {
      pipeline: Int32Array.from(tasks, (task) => task.pipeline),
      name: tasks.map((task) => task.name),
      pool: Int32Array.from(drafts, (draft) => poolRow.get(draft.pool) ?? UNKNOWN),
      slots: new Int32Array(tasks.length).fill(UNKNOWN),
      priority: Int32Array.from(drafts, (draft) => draft.priority),
    },
    datasets: {
      namespace: datasets.map((dataset) => dataset.namespace),
      name: datasets.map((dataset) => dataset.name),
    },
    pools: { name: pools, slots: new Int32Array(pools.length).fill(UNKNOWN) },
    dependencies: dependencyTable(orders.flatMap(({ edges }) => edges)),
    reads: accessTable(drafts, datasetRow, (draft) => draft.reads),
    writes: accessTable(drafts, datasetRow, (draft) => draft.writes),
  };
  return { catalog: catalogOf(tables), taskRow, pipelineRow: rowsOf(pipelines), datasetRow, poolRow, ordered };
}

const rowsOf = (things: readonly NamedThing[]): Map<string, number> =>
  new Map(things.map((thing, row) => [thing.key, row]));

/** Tasks by name. Where two jobs of a pipeline shorten to one name, both keep their whole one. */
function tasksInOrder(pipeline: PipelineDraft): { draft: TaskDraft; name: string }[] {
  const drafts = [...pipeline.tasks.values()];
  const uses = new Map<string, number>();
  for (const { shortName } of drafts) uses.set(shortName, (uses.get(shortName) ?? 0) + 1);
  return drafts
    .map((draft) => ({ draft, name: uses.get(draft.shortName) === 1 ? draft.shortName : wholeName(draft.job) }))
    .toSorted((a, b) => compareText(a.name, b.name));
}

const wholeName = ({ namespace, name }: NamedThing): string => `${namespace}/${name}`;

type Edge = readonly [task: number, upstream: number];

interface TaskOrder {
  readonly tasks: readonly number[];
  readonly edges: readonly Edge[];
}

const NO_ORDER: TaskOrder = { tasks: [], edges: [] };

/** Who waits for whom by the pipeline's declaration; nothing when there is none, or none that makes sense. */
function declaredOrder(
  pipeline: PipelineDraft,
  taskRow: ReadonlyMap<TaskDraft, number>,
  file: string,
  problems: ProblemList,
): TaskOrder {
  const { declared, declaredLine, namespace } = pipeline;
  const tasks = declared.map(({ name }) => {
    const draft = pipeline.tasks.get(namedThing(namespace, `${pipeline.name}.${name}`).key);
    return draft === undefined ? UNKNOWN : (taskRow.get(draft) ?? UNKNOWN);
  });
  const indexOf = new Map(declared.map(({ name }, i) => [name, i]));
  const edges: (readonly [from: number, to: number])[] = [];
  for (const [from, { name, downstream }] of declared.entries()) {
    for (const id of new Set(downstream)) {
      const to = indexOf.get(id);
      if (to !== undefined) edges.push([from, to]);
      else problems.warning(file, declaredLine, `task ${quote(name)} names ${quote(id)} as downstream: no such task`);
    }
  }
  const cycle = findCycle(
    declared.length,
    edges.map(([from]) => from),
    edges.map(([, to]) => to),
  );
  if (cycle === null) return { tasks, edges: edges.map(([from, to]) => [tasks[to], tasks[from]] as const) };
  const names = [...cycle, cycle[0]].slice(0, 20).map((i) => declared[i].name);
  const what = `the tasks of pipeline ${quote(pipeline.name)} wait for each other in a cycle`;
  problems.error(file, declaredLine, `${what}: ${quote(names.join(' -> '))}; its dependencies were not read`);
  return NO_ORDER;
}

function dependencyTable(edges: readonly Edge[]): CatalogTables['dependencies'] {
  const sorted = edges.toSorted((a, b) => a[0] - b[0] || a[1] - b[1]);
  return {
    task: Int32Array.from(sorted, ([task]) => task),
    upstream: Int32Array.from(sorted, ([, upstream]) => upstream),
    kind: new Uint8Array(sorted.length).fill(DepKind.finish),
    dataset: new Int32Array(sorted.length).fill(UNKNOWN),
  };
}

function accessTable(
  drafts: readonly TaskDraft[],
  datasetRow: ReadonlyMap<string, number>,
  usesOf: (draft: TaskDraft) => ReadonlyMap<string, NamedThing>,
): CatalogTables['reads'] {
  const rows = drafts.flatMap((draft, task) =>
    [...usesOf(draft).keys()]
      .map((key) => [task, datasetRow.get(key) ?? UNKNOWN] as const)
      .toSorted((a, b) => a[1] - b[1]),
  );
  return {
    task: Int32Array.from(rows, ([task]) => task),
    dataset: Int32Array.from(rows, ([, dataset]) => dataset),
    declared: new Uint8Array(rows.length),
  };
}
