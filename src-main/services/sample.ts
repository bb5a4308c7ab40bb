// Puts the bundled sample company into a workspace, once. What its logs say of their origin tells whether they are
// all there, of which size, and of which generator: a stale or half-made sample is made again, other logs are left
// alone, and a workspace that holds only other logs gets no sample.

import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ServiceError } from '../../shared/api/errors.ts';
import type { LogView } from '../../shared/api/views.ts';
import type { CancelSignal } from '../../shared/base/cancel.ts';
import type { Catalog } from '../../shared/model/catalog.ts';
import type { Log } from '../../shared/model/log.ts';
import type { JobProgress, SampleSize } from '../host/workers/job.ts';
import { runJob } from '../host/workers/run-job.ts';
import {
  HISTORY_NIGHTS,
  SMALLEST_SAMPLE,
  sampleOrigin,
  sampleTonight,
  USUAL_SAMPLE_SIZE,
} from '../host/workers/sample-size.ts';
import type { Workspace } from '../store/workspace.ts';

export interface SampleRequest {
  /** What was asked for; a part that is left out is as it is in the workspace, or else the usual. */
  readonly size: Partial<SampleSize>;
  readonly workersDir: string;
  readonly signal: CancelSignal;
  readonly onProgress: (progress: JobProgress) => void;
}

const ORIGIN = /^(sample company v\d+, seed (\d+), (\d+) pipelines, (\d+) task runs), night \d+ of (\d+)$/;

/** Returns whether it made one. */
export async function ensureSample(workspace: Workspace, request: SampleRequest): Promise<boolean> {
  const there = workspace.logs().filter((log) => ORIGIN.test(log.importedFrom));
  const wanted = Object.keys(request.size).length > 0;
  if (there.length === 0 && workspace.logs().length > 0 && !wanted) return false;
  const size = { ...USUAL_SAMPLE_SIZE, ...sizeOf(there[0]), ...request.size };
  if (isWhole(there, sampleOrigin(size))) return false;
  refuseTooSmall(size);
  const { catalog, logs } = await playSample(size, request);
  for (const log of there) await workspace.removeLog(log.name);
  for (const [night, log] of logs.entries()) {
    request.onProgress({ step: 'storing the sample company', share: night / logs.length });
    const importedFrom = `${sampleOrigin(size)}, night ${night + 1} of ${logs.length}`;
    const contentHash = createHash('sha256').update(importedFrom).digest('hex');
    await workspace.addImport({ contentHash, importedFrom, catalog, log });
  }
  await mkdir(join(workspace.dir, 'scenarios'), { recursive: true });
  await writeFile(join(workspace.dir, 'scenarios', 'tonight.yaml'), sampleTonight(size));
  return true;
}

interface PlayedSample {
  readonly catalog: Catalog;
  readonly logs: readonly Log[];
}

/** Its nights on as many threads as help, then the log of all their landings. */
async function playSample(size: SampleSize, request: SampleRequest): Promise<PlayedSample> {
  const parts = historyParts(size);
  const shares = new Float64Array(parts.length + 1);
  const options = (part: number): SampleRequest => ({
    ...request,
    onProgress: ({ step, share }) => {
      if (!Number.isNaN(share)) shares[part] = share;
      const done = shares.reduce((sum, one) => sum + one, 0) / shares.length;
      request.onProgress({ step, share: Number.isNaN(share) ? share : done });
    },
  });
  const [detailed, ...plain] = await Promise.all([
    runJob('make-sample', size, options(0)),
    ...parts.map(([from, to], i) => runJob('play-landings', { size, from, to }, options(i + 1))),
  ]);
  const { catalog, logs } = detailed;
  const landings = [...plain.flat(), ...detailed.landings];
  return { catalog, logs: [...logs, await runJob('write-landings', { size, catalog, landings }, request)] };
}

/** A small company is played before a second thread has started. */
function historyParts({ taskRuns }: SampleSize): readonly (readonly [number, number])[] {
  const half = Math.floor(HISTORY_NIGHTS / 2);
  return taskRuns < TWO_THREADS_FROM
    ? [[0, HISTORY_NIGHTS]]
    : [
        [0, half],
        [half, HISTORY_NIGHTS],
      ];
}

const TWO_THREADS_FROM = 10_000;

function refuseTooSmall({ pipelines, taskRuns }: SampleSize): void {
  const { pipelines: fewest, taskRuns: fewestRuns } = SMALLEST_SAMPLE;
  const needed = pipelines + fewestRuns - fewest;
  if (pipelines >= fewest && taskRuns >= needed) return;
  const message =
    pipelines < fewest
      ? `with the cast of its story it has ${fewest} pipelines or more, not ${pipelines}`
      : `${pipelines} pipelines need ${needed} task runs a night or more, not ${taskRuns}`;
  throw new ServiceError({ code: 'bad-request', message, place: 'the size of the sample' });
}

function sizeOf(log: LogView | undefined): Partial<SampleSize> {
  const [, , seed, pipelines, taskRuns] = ORIGIN.exec(log?.importedFrom ?? '') ?? [];
  return seed === undefined ? {} : { seed: Number(seed), pipelines: Number(pipelines), taskRuns: Number(taskRuns) };
}

function isWhole(logs: readonly LogView[], origin: string): boolean {
  const found = logs.map((log) => ORIGIN.exec(log.importedFrom));
  const nights = found.filter((match) => match?.[1] === origin);
  return nights.length > 0 && nights.length === found.length && nights.length === Number(nights[0]?.[5]);
}
