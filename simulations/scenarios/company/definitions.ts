// The sample company's catalog: turns planned pipelines into tasks, dependencies, datasets and pools.
// The last task of a pipeline writes its dataset; the first ones read its inputs.

import { randomKey, randomUnit } from '../../../shared/base/random.ts';
import { type CatalogTables, DepKind } from '../../../shared/model/catalog.ts';
import type { PipelinePlan } from './plan.ts';
import { POOLS, STEPS } from './vocabulary.ts';

export interface CompanyDefinitions {
  readonly tables: CatalogTables;
  /** By pipeline. */
  readonly firstTask: Int32Array;
  /** The task that writes the pipeline's dataset. Its dataset has the pipeline's number. */
  readonly lastTask: Int32Array;
}

/** `schedules` by pipeline, as cron text. */
export function defineCompany(
  seed: number,
  plans: readonly PipelinePlan[],
  schedules: readonly string[],
): CompanyDefinitions {
  const draft = new Draft(seed);
  for (const plan of plans) draft.add(plan);
  return {
    tables: {
      pipelines: {
        namespace: plans.map(() => 'halyard'),
        name: plans.map((p) => p.name),
        domain: plans.map((p) => p.domain.name),
        owner: plans.map((p) => p.domain.owner),
        schedule: [...schedules],
      },
      tasks: draft.tasks(),
      datasets: { namespace: plans.map(() => 'halyard'), name: plans.map((p) => p.name) },
      pools: { name: POOLS.map((p) => p.name), slots: Int32Array.from(POOLS, (p) => p.slots) },
      dependencies: draft.dependencies(),
      reads: draft.readTable(),
      writes: {
        task: draft.lastTasks(),
        dataset: Int32Array.from(plans, (p) => p.id),
        declared: new Uint8Array(plans.length).fill(1),
      },
    },
    firstTask: Int32Array.from(draft.first),
    lastTask: draft.lastTasks(),
  };
}

class Draft {
  readonly first: number[] = [];
  readonly #last: number[] = [];
  readonly #pipeline: number[] = [];
  readonly #name: string[] = [];
  readonly #pool: number[] = [];
  readonly #priority: number[] = [];
  readonly #edges: { task: number; upstream: number; kind: number; dataset: number }[] = [];
  readonly #reads: { task: number; dataset: number; declared: number }[] = [];
  readonly #seed: number;

  constructor(seed: number) {
    this.#seed = seed;
  }

  add(plan: PipelinePlan): void {
    const first = this.#name.length;
    this.first.push(first);
    this.#last.push(first + plan.taskCount - 1);
    for (let i = 0; i < plan.taskCount; i++) this.#addTask(plan, first, i);
    this.#joinLast(first, plan.taskCount);
    for (const input of plan.inputs) this.#addInput(plan, first, input);
  }

  #addTask(plan: PipelinePlan, first: number, i: number): void {
    const name = taskName(i, plan.taskCount);
    const key = randomKey(this.#seed, 'task', plan.name, name);
    const pools = plan.domain.pools;
    this.#pipeline.push(plan.id);
    this.#name.push(name);
    this.#pool.push(POOLS.findIndex((p) => p.name === pools[Math.floor(randomUnit(key, 0) * pools.length)]));
    this.#priority.push(1 + Math.floor(randomUnit(randomKey(this.#seed, 'priority', plan.name), 0) * 5));
    if (i === 0 || i === plan.taskCount - 1) return;
    const fanOut = 1 + Math.floor(randomUnit(key, 1) * 5);
    this.#depend(first + i, first + Math.max(0, i - fanOut));
    const other = first + Math.max(0, i - 1 - Math.floor(randomUnit(key, 2) * 7));
    if (randomUnit(key, 3) < 0.3 && other !== first + Math.max(0, i - fanOut)) this.#depend(first + i, other);
  }

  /** The last task waits for every task that nobody else waits for: a pipeline has one end. */
  #joinLast(first: number, count: number): void {
    if (count === 1) return;
    const hasDownstream = new Uint8Array(count - 1);
    for (let e = this.#edges.length - 1; e >= 0 && this.#edges[e].task >= first; e--) {
      hasDownstream[this.#edges[e].upstream - first] = 1;
    }
    for (let i = 0; i < count - 1; i++) if (!hasDownstream[i]) this.#depend(first + count - 1, first + i);
  }

  #addInput(plan: PipelinePlan, first: number, input: number): void {
    const declared = plan.start === 'triggered' ? 1 : 0;
    this.#reads.push({ task: first, dataset: input, declared });
    if (declared) this.#edges.push({ task: first, upstream: this.#last[input], kind: DepKind.publish, dataset: input });
  }

  #depend(task: number, upstream: number): void {
    this.#edges.push({ task, upstream, kind: DepKind.finish, dataset: -1 });
  }

  lastTasks(): Int32Array {
    return Int32Array.from(this.#last);
  }

  tasks() {
    const slots = new Int32Array(this.#name.length).fill(1);
    return {
      pipeline: Int32Array.from(this.#pipeline),
      name: this.#name,
      pool: Int32Array.from(this.#pool),
      slots,
      priority: Int32Array.from(this.#priority),
    };
  }

  dependencies() {
    const edges = this.#edges.sort((a, b) => a.task - b.task || a.upstream - b.upstream);
    return {
      task: Int32Array.from(edges, (e) => e.task),
      upstream: Int32Array.from(edges, (e) => e.upstream),
      kind: Uint8Array.from(edges, (e) => e.kind),
      dataset: Int32Array.from(edges, (e) => e.dataset),
    };
  }

  readTable() {
    return {
      task: Int32Array.from(this.#reads, (r) => r.task),
      dataset: Int32Array.from(this.#reads, (r) => r.dataset),
      declared: Uint8Array.from(this.#reads, (r) => r.declared),
    };
  }
}

function taskName(i: number, count: number): string {
  if (i === count - 1) return 'publish';
  const step = STEPS[Math.min(STEPS.length - 1, Math.floor((i / count) * STEPS.length))];
  return `${step}_${String(i).padStart(2, '0')}`;
}
