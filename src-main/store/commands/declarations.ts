// What was declared of datasets, as commands must see it: the index's, and over it what is on its way to the disk.

import type { DatasetName, Publisher, QualityGate } from '../../../shared/model/ledger.ts';
import type { PartitionIndex } from '../partitions/partition-index.ts';
import { datasetText } from './names.ts';

export interface Declaration {
  readonly gate: QualityGate | null;
  readonly publishedBy: Publisher;
}

const UNDECLARED: Declaration = { gate: null, publishedBy: 'store' };

export class Declarations {
  readonly #index: PartitionIndex;
  readonly #onTheirWay = new Map<string, Declaration>();

  constructor(index: PartitionIndex) {
    this.#index = index;
  }

  of(name: DatasetName): Declaration {
    const waiting = this.#onTheirWay.size === 0 ? undefined : this.#onTheirWay.get(datasetText(name));
    return waiting ?? this.durable(name);
  }

  durable(name: DatasetName): Declaration {
    const id = this.#index.parts.datasets.find(name);
    return id < 0 ? UNDECLARED : this.#index.parts.datasets.of(id);
  }

  /** Returns what is to be called when it is durable. */
  take(name: DatasetName, declaration: Declaration): () => void {
    const text = datasetText(name);
    this.#onTheirWay.set(text, declaration);
    return () => {
      if (this.#onTheirWay.get(text) === declaration) this.#onTheirWay.delete(text);
    };
  }

  forgetTheirWay(): void {
    this.#onTheirWay.clear();
  }
}
