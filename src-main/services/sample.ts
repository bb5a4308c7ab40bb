// Puts the bundled sample company into a workspace, once. What its logs say of their origin tells whether they are
// all there, of which size, and of which generator: a stale or half-made sample is made again, other logs are left
// alone, and a workspace that holds only other logs gets no sample.

import { createHash } from 'node:crypto';
import { ServiceError } from '../../shared/api/errors.ts';
import type { LogView } from '../../shared/api/views.ts';
import type { CancelSignal } from '../../shared/base/cancel.ts';
import type { JobProgress, SampleSize } from '../host/workers/job.ts';
import { runJob } from '../host/workers/run-job.ts';
import { sampleOrigin, USUAL_SAMPLE_SIZE } from '../host/workers/sample-size.ts';
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
  if (size.taskRuns < size.pipelines) {
    const message = `${size.pipelines} pipelines need as many task runs a night or more, not ${size.taskRuns}`;
    throw new ServiceError({ code: 'bad-request', message, place: 'the size of the sample' });
  }
  const { catalog, logs } = await runJob('make-sample', size, request);
  for (const log of there) await workspace.removeLog(log.name);
  for (const [night, log] of logs.entries()) {
    request.onProgress({ step: 'storing the sample company', share: night / logs.length });
    const importedFrom = `${sampleOrigin(size)}, night ${night + 1} of ${logs.length}`;
    const contentHash = createHash('sha256').update(importedFrom).digest('hex');
    await workspace.addImport({ contentHash, importedFrom, catalog, log });
  }
  return true;
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
