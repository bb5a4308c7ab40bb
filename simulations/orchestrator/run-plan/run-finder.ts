// Finds the last run of a pipeline at or before a time.

import { rowNumbers } from '../../../shared/base/columns.ts';
import { type Csr, csrBy } from '../../../shared/model/catalog.ts';
import type { PlanDefinitions } from './definitions.ts';
import type { PlannedRuns } from './plan.ts';

type SearchedRuns = Pick<PlannedRuns, 'pipeline' | 'nominalMs' | 'backfill' | 'count'>;

export class RunFinder {
  readonly #runs: SearchedRuns;
  readonly #pipelines: number;
  /** Runs of each pipeline by nominal time; made when first asked for. */
  #byTime: Csr | null = null;

  constructor(defs: PlanDefinitions, runs: SearchedRuns) {
    this.#runs = runs;
    this.#pipelines = defs.pipelines.length;
  }

  /**
   * The run with the latest nominal time (ms from the start) not after `untilMs`, or -1. For a run of a backfill the
   * runs of backfills count too, for any other only those of the clock and of triggers.
   */
  lastRun(pipeline: number, untilMs: number, forBackfill: number): number {
    this.#byTime ??= this.#sorted();
    const { offsets, values } = this.#byTime;
    let low = offsets[pipeline];
    let high = offsets[pipeline + 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#runs.nominalMs[values[middle]] <= untilMs) low = middle + 1;
      else high = middle;
    }
    for (let at = low - 1; at >= offsets[pipeline]; at--)
      if (forBackfill >= 0 || this.#runs.backfill[values[at]] < 0) return values[at];
    return -1;
  }

  #sorted(): Csr {
    const { pipeline, nominalMs, count } = this.#runs;
    const byTime = csrBy(pipeline, rowNumbers(count), this.#pipelines);
    for (let p = 0; p < this.#pipelines; p++)
      byTime.values
        .subarray(byTime.offsets[p], byTime.offsets[p + 1])
        .sort((a, b) => nominalMs[a] - nominalMs[b] || a - b);
    return byTime;
  }
}
