// The dynamic trigger of a pipeline once runs and task runs have their numbers.

import { GrowableInt32 } from '../../../shared/base/growable.ts';
import { csrBy } from '../../../shared/model/catalog.ts';
import type { DynamicTrigger, PlannedRuns } from './plan.ts';
import type { DraftTrigger } from './triggered-runs.ts';

/** `rank`: of the draft's rows. `taskRunOf`: as triggersOf. */
export function dynamicTrigger(
  { pipeline, datasets, publishes }: DraftTrigger,
  { pipeline: pipelineOf, backfill, count }: Pick<PlannedRuns, 'pipeline' | 'backfill' | 'count'>,
  rank: Int32Array,
  taskRunOf: (run: number, task: number) => { readonly first: number; readonly count: number },
): DynamicTrigger {
  const firstRun = pipelineOf.indexOf(pipeline);
  let runCount = 0;
  for (let run = firstRun; run >= 0 && run < count && pipelineOf[run] === pipeline && backfill[run] < 0; run++)
    runCount++;
  const publishOf = new GrowableInt32();
  const units = new GrowableInt32();
  const taskRuns = new GrowableInt32();
  for (const [place, list] of publishes.entries())
    for (const { run, task } of list) {
      const unit = publishOf.push(place);
      const copies = taskRunOf(rank[run], task);
      for (let copy = 0; copy < copies.count; copy++) {
        units.push(unit);
        taskRuns.push(copies.first + copy);
      }
    }
  const publishers = csrBy(units.finish(), taskRuns.finish(), publishOf.length);
  return { pipeline, datasets, firstRun, runCount, publishOf: publishOf.finish(), publishers };
}
