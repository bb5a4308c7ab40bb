// New names for what a growth copies: `name+1` in the first generation, `name+2` in the second. A name that is taken gets
// more signs. Names key the random draws, so a copy has draws of its own, and always the same ones.

import { labelOf, type PipelineDef, type Workload } from '../../../shared/scenario/workload.ts';

/** What one copy calls things: what is copied with it by its new name, anything else by its old one. */
export interface Renaming {
  pipeline(name: string): string;
  dataset(name: string): string;
  /** Of a task's label, `pipeline.task`. */
  label(name: string): string;
}

export class CopyNames {
  readonly #pipelines: readonly PipelineDef[];
  readonly #taken: ReadonlySet<string>;
  /** Of each label: its pipeline and task. */
  readonly #labels: ReadonlyMap<string, readonly [pipeline: number, task: string]>;

  constructor({ pipelines, datasets }: Workload) {
    this.#pipelines = pipelines;
    this.#taken = new Set([...pipelines, ...datasets].map(({ name }) => name));
    this.#labels = new Map(
      pipelines.flatMap(({ name, tasks }, id) =>
        tasks.map((task) => [labelOf(name, task.name), [id, task.name]] as const),
      ),
    );
  }

  /** `generation` from 1; `together`: ids of the pipelines whose copies know each other. */
  renaming(generation: number, together: ReadonlySet<number>): Renaming {
    const pipelines = this.#pipelines;
    const names = new Set([...together].map((id) => pipelines[id].name));
    const written = new Set([...together].flatMap((id) => pipelines[id].tasks.flatMap(({ writes }) => writes)));
    const copied = (name: string): string => this.#free(name, generation);
    return {
      pipeline: (name) => (names.has(name) ? copied(name) : name),
      dataset: (name) => (written.has(name) ? copied(name) : name),
      label: (label) => {
        const [id, task] = this.#labels.get(label) ?? [-1, ''];
        if (!together.has(id)) return label;
        const { name } = pipelines[id];
        return labelOf(copied(name), copiedTask(name, task, copied(name)));
      },
    };
  }

  /** Id of the pipeline of a label, or -1. */
  pipelineOf(label: string): number {
    return this.#labels.get(label)?.[0] ?? -1;
  }

  #free(name: string, generation: number): string {
    let signs = '+';
    while (this.#taken.has(`${name}${signs}${generation}`)) signs += '+';
    return `${name}${signs}${generation}`;
  }
}

/** A task that has its pipeline's name keeps having it, so that its label stays short. */
export const copiedTask = (model: string, task: string, copy: string): string => (task === model ? copy : task);
