// By how much a reader started after what it reads was whole, night by night: its own nights and those of the dataset's
// writer, matched by logical key.

import { type LoggedNights, median, nightsOf, type TaskNight } from '../../../shared/analysis/why/nights.ts';
import { ServiceError } from '../../../shared/api/errors.ts';
import type { MarginView } from '../../../shared/api/views-why.ts';
import { didYouMean } from '../../../shared/base/nearest-name.ts';
import { msBetween } from '../../../shared/base/time.ts';
import { type Catalog, taskLabel } from '../../../shared/model/catalog.ts';

/** `reader`: `pipeline.task`. Throws `not-found` for names that the catalog does not have. */
export function marginView(
  catalog: Catalog,
  history: readonly LoggedNights[],
  reader: string,
  dataset: string,
): MarginView {
  const { tasks, pipelines, datasets, writes } = catalog;
  const labels = tasks.name.map((_, task) => taskLabel(catalog, task));
  const readerTask = labels.indexOf(reader);
  if (readerTask < 0) throw notFound(`there is no task "${reader}"${didYouMean(reader, labels)}`);
  const row = datasets.name.indexOf(dataset);
  if (row < 0) throw notFound(`there is no dataset "${dataset}"${didYouMean(dataset, datasets.name)}`);
  const writers = Array.from(writes.task.filter((_, i) => writes.dataset[i] === row));
  if (writers.length === 0) throw notFound(`nothing is known to write ${dataset}, so there is no margin to it`);
  const nightsOfTask = (task: number): readonly TaskNight[] =>
    nightsOf(history, pipelines.name[tasks.pipeline[task]], tasks.name[task]);
  const whole = new Map<string, number>();
  for (const { night, finalizedUs } of writers.flatMap(nightsOfTask))
    if (!Number.isNaN(finalizedUs)) whole.set(night, Math.max(finalizedUs, whole.get(night) ?? finalizedUs));
  const nights = nightsOfTask(readerTask).map(({ night, startedUs }) => {
    const wholeUs = whole.get(night) ?? Number.NaN;
    return { night, wholeUs, startedUs, marginMs: msBetween(wholeUs, startedUs) };
  });
  const known = nights.map(({ marginMs }) => marginMs).filter((ms) => !Number.isNaN(ms));
  return {
    reader,
    dataset,
    nights,
    underZero: known.filter((ms) => ms < 0).length,
    unknown: nights.length - known.length,
    p50Ms: median(known),
    minMs: known.reduce((least, ms) => Math.min(least, ms), known[0] ?? Number.NaN),
  };
}

const notFound = (message: string): ServiceError => new ServiceError({ code: 'not-found', message });
