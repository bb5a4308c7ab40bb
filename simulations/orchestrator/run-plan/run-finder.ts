// Finds the last run of a pipeline at or before a time.

import { csrBy } from '../../../shared/model/catalog.ts';
import type { PlanDefinitions } from './definitions.ts';
import type { PlannedRuns } from './plan.ts';

export class RunFinder {
  readonly #runs: Pick<PlannedRuns, 'nominalMs' | 'backfill'>;
  readonly #offsets: Int32Array;
  readonly #values: Int32Array;

  constructor(defs: PlanDefinitions, runs: Pick<PlannedRuns, 'pipeline' | 'nominalMs' | 'backfill' | 'count'>) {
    this.#runs = runs;
    const byPipeline = csrBy(
      runs.pipeline,
      Int32Array.from(runs.pipeline, (_, run) => run),
      defs.pipelines.length,
    );
    this.#offsets = byPipeline.offsets;
    this.#values = byPipeline.values;
    for (let p = 0; p < defs.pipelines.length; p++)
      this.#values
        .subarray(this.#offsets[p], this.#offsets[p + 1])
        .sort((a, b) => runs.nominalMs[a] - runs.nominalMs[b] || a - b);
  }

  /**
   * The run with the latest nominal time (ms from the start) not after `untilMs`, or -1. For a run of a backfill the
   * runs of backfills count too, for any other only those of the clock and of triggers.
   */
  lastRun(pipeline: number, untilMs: number, forBackfill: number): number {
    let low = this.#offsets[pipeline];
    let high = this.#offsets[pipeline + 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#runs.nominalMs[this.#values[middle]] <= untilMs) low = middle + 1;
      else high = middle;
    }
    for (let at = low - 1; at >= this.#offsets[pipeline]; at--)
      if (forBackfill >= 0 || this.#runs.backfill[this.#values[at]] < 0) return this.#values[at];
    return -1;
  }
}
