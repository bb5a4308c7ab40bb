// Keeps once what many events repeat: names, jobs and datasets, a dataset touched without further facts, a parent. A
// file of a million events names a few thousand things, and its memory should follow these.

import { TextPool } from '../text/text-pool.ts';
import {
  type DatasetUse,
  type NamedThing,
  type NominalTime,
  namedThing,
  type ParentReference,
} from './lineage-event.ts';

export class NamePool {
  readonly #texts = new TextPool();
  /** By namespace, then name. */
  readonly #things = new Map<string, Map<string, NamedThing>>();
  readonly #plainUses = new Map<NamedThing, DatasetUse>();
  readonly #parents = new Map<string, ParentReference>();
  readonly #nominals = new Map<string, NominalTime>();

  keep(text: string): string {
    return this.#texts.keep(text);
  }

  thing(namespace: string, name: string): NamedThing {
    let names = this.#things.get(namespace);
    if (names === undefined) this.#things.set(this.keep(namespace), (names = new Map()));
    let thing = names.get(name);
    if (thing === undefined) {
      thing = namedThing(this.keep(namespace), this.keep(name));
      names.set(thing.name, thing);
    }
    return thing;
  }

  /** The same object for every use that tells nothing but the dataset. */
  use(use: DatasetUse): DatasetUse {
    if (!Number.isNaN(use.rowCount) || use.check !== null || use.isDropped || use.partition !== '') return use;
    const known = this.#plainUses.get(use.dataset);
    if (known !== undefined) return known;
    this.#plainUses.set(use.dataset, use);
    return use;
  }

  nominal(nominal: NominalTime): NominalTime {
    const text = `${nominal.startUs} ${nominal.endUs} ${nominal.key}`;
    const known = this.#nominals.get(text);
    if (known !== undefined) return known;
    this.#nominals.set(text, nominal);
    return nominal;
  }

  parent(parent: ParentReference): ParentReference {
    const key = `${parent.runId} ${parent.job.key} ${parent.root?.runId ?? ''} ${parent.root?.job.key ?? ''}`;
    const known = this.#parents.get(key);
    if (known !== undefined) return known;
    this.#parents.set(key, parent);
    return parent;
  }
}
