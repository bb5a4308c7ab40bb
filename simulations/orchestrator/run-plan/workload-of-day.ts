// A reference day as a workload: one run of each pipeline at the start, its numbers unchanged, so that the plan made of
// it with the ideal orchestrator is that day again, task for task.

import { type Catalog, type Csr, csrBy, DepKind, taskLabel } from '../../../shared/model/catalog.ts';
import type { ReferenceDay } from '../../../shared/model/reference-day.ts';
import type { AwaitDef, PipelineDef, ReadDef, TaskDef, WaitDef, Workload } from '../../../shared/scenario/workload.ts';

const EVENT: WaitDef = { mode: 'event', everyMs: 60_000, timeoutMs: null };
const NO_SHIFT = { days: 0, ms: 0 } as const;

/** `catalog`: its tasks are the day's tasks, in the day's order; publish dependencies name their dataset there. */
export function workloadOfDay(catalog: Catalog, day: ReferenceDay): Workload {
  const reader = new DayReader(catalog, day);
  return {
    pools: catalog.pools.name.map((name, pool) => ({ name, slots: day.poolSlots[pool], slowdown: [] })),
    datasets: catalog.datasets.name.map((name) => ({
      name,
      unit: 'none',
      zone: 'UTC',
      check: null,
      marker: null,
      rows: Number.NaN,
    })),
    pipelines: catalog.pipelines.name.map((_, pipeline) => reader.pipeline(pipeline)),
    taskOrder: reader.order(),
  };
}

class DayReader {
  readonly #catalog: Catalog;
  readonly #day: ReferenceDay;
  readonly #tasksOf: Csr;
  readonly #rowsOf: Csr;
  readonly #writesOf: Csr;

  constructor(catalog: Catalog, day: ReferenceDay) {
    this.#catalog = catalog;
    this.#day = day;
    const ids = Int32Array.from({ length: day.taskCount }, (_, i) => i);
    this.#tasksOf = csrBy(day.pipeline, ids, catalog.pipelines.name.length);
    const rows = Int32Array.from(catalog.dependencies.task, (_, i) => i);
    this.#rowsOf = csrBy(catalog.dependencies.task, rows, day.taskCount);
    this.#writesOf = csrBy(catalog.writes.task, catalog.writes.dataset, day.taskCount);
  }

  /** The day's id of each task, in the order of pipelines. */
  order(): Int32Array {
    return this.#tasksOf.values;
  }

  pipeline(id: number): PipelineDef {
    const { pipelines } = this.#catalog;
    const tasks = this.#tasksOf.values.subarray(this.#tasksOf.offsets[id], this.#tasksOf.offsets[id + 1]);
    return {
      name: pipelines.name[id],
      domain: pipelines.domain[id],
      owner: pipelines.owner[id],
      tier: '',
      tags: [],
      schedule: { kind: 'at', atMs: [0] },
      zone: 'UTC',
      partitionOf: 'tick',
      jitter: null,
      skipDays: [],
      catchUpFromMs: null,
      activeRuns: null,
      activeTasks: null,
      variation: { run: 0, night: 0 },
      tasks: Array.from(tasks, (task) => this.#task(task)),
    };
  }

  #task(id: number): TaskDef {
    const { tasks, datasets } = this.#catalog;
    const day = this.#day;
    return {
      name: tasks.name[id],
      duration: { kind: 'constant', valueMs: day.durationMs[id] },
      stragglers: null,
      pool: this.#catalog.pools.name[day.pool[id]],
      slots: 1,
      priority: day.priority[id],
      ...this.#waits(id),
      rule: 'all_success',
      writes: Array.from(slice(this.#writesOf, id), (dataset) => datasets.name[dataset]),
      retries: { times: 0, delayMs: 0, backoff: 'fixed', capMs: 0 },
      timeoutMs: null,
      concurrency: null,
      map: null,
      notBeforeMs: day.releaseMs[id],
      deadlineMs: day.deadlineMs[id] < 0 ? null : day.deadlineMs[id],
      finalize: { kind: 'constant', valueMs: day.finalizeMs[id] },
      dependsOnPast: false,
      waitForDownstream: false,
    };
  }

  #waits(id: number): Pick<TaskDef, 'after' | 'awaits' | 'reads'> {
    const { dependencies, tasks, datasets } = this.#catalog;
    const after = new Set<string>();
    const awaits = new Map<string, AwaitDef>();
    const reads = new Map<string, ReadDef>();
    for (const row of slice(this.#rowsOf, id)) {
      const upstream = dependencies.upstream[row];
      if (dependencies.kind[row] === DepKind.publish) {
        const dataset = datasets.name[dependencies.dataset[row]];
        reads.set(dataset, {
          dataset,
          mapping: { shift: NO_SHIFT, select: { kind: 'same' }, any: false },
          wait: EVENT,
        });
      } else if (this.#day.pipeline[upstream] === this.#day.pipeline[id]) after.add(tasks.name[upstream]);
      else {
        const task = taskLabel(this.#catalog, upstream);
        awaits.set(task, { task, shift: NO_SHIFT, wait: EVENT });
      }
    }
    return { after: [...after], awaits: [...awaits.values()], reads: [...reads.values()] };
  }
}

const slice = ({ offsets, values }: Csr, row: number): Int32Array => values.subarray(offsets[row], offsets[row + 1]);
