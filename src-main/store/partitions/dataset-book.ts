// The datasets of a ledger: their names as ids, what was declared of them, and the last whole versions that a relative
// bound looks back on. One object a dataset; there are thousands, not millions.

import { GATE_HISTORY, type WholeVersion } from '../../../shared/lifecycle/gate.ts';
import type { DatasetName, Publisher, QualityGate } from '../../../shared/model/ledger.ts';

export interface DatasetState extends DatasetName {
  gate: QualityGate | null;
  publishedBy: Publisher;
  /** The last GATE_HISTORY finalized versions, newest last. */
  readonly history: WholeVersion[];
}

export class DatasetBook {
  /** By namespace, then dataset. */
  readonly #ids = new Map<string, Map<string, number>>();
  readonly #states: DatasetState[];

  constructor(states: readonly DatasetState[] = []) {
    this.#states = [];
    for (const state of states) Object.assign(this.of(this.intern(state)), state);
  }

  get states(): readonly DatasetState[] {
    return this.#states;
  }

  /** The id of a dataset, or -1. */
  find({ namespace, dataset }: DatasetName): number {
    return this.#ids.get(namespace)?.get(dataset) ?? -1;
  }

  intern({ namespace, dataset }: DatasetName): number {
    let ids = this.#ids.get(namespace);
    if (ids === undefined) {
      ids = new Map();
      this.#ids.set(namespace, ids);
    }
    const known = ids.get(dataset);
    if (known !== undefined) return known;
    const id = this.#states.length;
    ids.set(dataset, id);
    this.#states.push({ namespace, dataset, gate: null, publishedBy: 'store', history: [] });
    return id;
  }

  of(id: number): DatasetState {
    return this.#states[id];
  }

  /** Keeps what later versions are compared with. */
  remember(id: number, version: WholeVersion): void {
    const { history } = this.#states[id];
    history.push(version);
    if (history.length > GATE_HISTORY) history.shift();
  }
}
