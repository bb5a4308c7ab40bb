// What each replication says of itself, as rows of numbers: what intervals over replications and paired differences are
// made of, and small enough that a million of them fit.

import { GrowableFloat64 } from '../../shared/base/growable.ts';

/** The columns that every experiment has. */
const FIXED = ['replication', 'meanLatencyMs', 'meanPoolWaitMs', 'makespanMs'] as const;
/** And those of each target row. `latestMs`: of a landing, the latest landing less its deadline; NaN where one never landed. */
const OF_TARGET = ['trials', 'met', 'latestMs'] as const;

export type Measure = (typeof FIXED)[number];
export type TargetMeasure = (typeof OF_TARGET)[number];

export class ReplicationTable {
  readonly #width: number;
  readonly #values = new GrowableFloat64();

  constructor(targetRows: number) {
    this.#width = FIXED.length + targetRows * OF_TARGET.length;
  }

  get count(): number {
    return this.#values.length / this.#width;
  }

  /** `ofTargets`: as OF_TARGET, target row by target row. */
  add(fixed: readonly [number, number, number, number], ofTargets: Float64Array): void {
    for (const value of fixed) this.#values.push(value);
    for (const value of ofTargets) this.#values.push(value);
  }

  /** In order of replications. */
  column(measure: Measure): Float64Array {
    return this.#column(FIXED.indexOf(measure));
  }

  targetColumn(row: number, measure: TargetMeasure): Float64Array {
    return this.#column(FIXED.length + row * OF_TARGET.length + OF_TARGET.indexOf(measure));
  }

  /** All rows, for another thread's table. */
  values(): Float64Array {
    return this.#values.finish();
  }

  absorb(values: Float64Array): void {
    for (const value of values) this.#values.push(value);
  }

  #column(at: number): Float64Array {
    const values = this.#values;
    const order = Int32Array.from({ length: this.count }, (_, i) => i * this.#width);
    order.sort((a, b) => values.at(a) - values.at(b));
    return Float64Array.from(order, (row) => values.at(row + at));
  }
}

export const TARGET_MEASURES = OF_TARGET.length;
