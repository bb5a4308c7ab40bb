// Turns a written schedule into one: cron text is read and refused here, with its place.

import { parseCron } from '../cron.ts';
import type { ScheduleDocument } from '../schema/pipeline.ts';
import type { ScheduleDef } from '../workload.ts';
import type { Path, Resolving } from './context.ts';

const MANUAL: ScheduleDef = { kind: 'manual' };

export function resolveSchedule(r: Resolving, path: Path, written: ScheduleDocument | undefined): ScheduleDef {
  if (written === undefined || written === 'manual') return MANUAL;
  if (typeof written === 'string') return cron(r, path, written);
  if (written.offset !== undefined && written.every === undefined)
    r.error([...path, 'offset'], 'an offset belongs to a schedule with every');
  if (written.cron !== undefined) return cron(r, [...path, 'cron'], written.cron);
  if (written.every !== undefined) return every(r, path, written.every, written.offset ?? 0);
  if (written.poisson !== undefined) return { kind: 'poisson', meanGapMs: written.poisson };
  if (written.at !== undefined) {
    const moments = Array.isArray(written.at) ? written.at : [written.at];
    const atMs = moments.map((moment) => r.fromStart(moment)).sort((a, b) => a - b);
    if (atMs[0] < 0) r.error([...path, 'at'], 'a time before the start: nothing would run');
    return { kind: 'at', atMs };
  }
  const mode = written.all ? 'all' : 'any';
  const datasets = [...new Set(written.all ?? written.any ?? [])];
  if (datasets.length === 0) r.error([...path, mode], 'no dataset: it would never run');
  return { kind: 'datasets', mode, datasets };
}

function cron(r: Resolving, path: Path, text: string): ScheduleDef {
  const fields = parseCron(text);
  if (fields.ok) return { kind: 'cron', cron: fields.value };
  r.error(path, fields.error);
  return MANUAL;
}

function every(r: Resolving, path: Path, everyMs: number, offsetMs: number): ScheduleDef {
  if (everyMs > 0) return { kind: 'every', everyMs, offsetMs };
  r.error([...path, 'every'], 'a run every 0 ms has no end');
  return MANUAL;
}
