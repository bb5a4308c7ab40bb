// Puts the bundled sample company into a workspace, once. What its logs say of their origin tells whether they are
// all there, of which size, and of which generator: a stale or half-made sample is made again, other logs are left
// alone, and a workspace that holds only other logs gets no sample.

import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { ServiceError } from '../../shared/api/errors.ts';
import type { LogView } from '../../shared/api/views.ts';
import { type CancelSignal, cancelSource } from '../../shared/base/cancel.ts';
import type { Log } from '../../shared/model/log.ts';
import type { DetailedNights, JobProgress, SampleSize } from '../host/workers/job.ts';
import { runJob } from '../host/workers/run-job.ts';
import { SMALLEST_SAMPLE, sampleOrigin, sampleTonight, USUAL_SAMPLE_SIZE } from '../host/workers/sample-size.ts';
import { sharedNights } from '../host/workers/shared-nights.ts';
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
  const played = playSample(size, request);
  const detailed = await played.detailed;
  for (const log of there) await workspace.removeLog(log.name);
  // Its nights are stored while others are played; a sample that lacks one is made again.
  const store = async (night: number, { catalog }: DetailedNights, log: Log): Promise<void> => {
    const importedFrom = `${sampleOrigin(size)}, night ${night + 1} of ${SAMPLE_LOGS}`;
    const contentHash = createHash('sha256').update(importedFrom).digest('hex');
    await workspace.addImport({ contentHash, importedFrom, catalog, log }, {}, 'later');
  };
  for (const [night, log] of detailed.logs.entries()) await store(night, detailed, log);
  const history = await played.history;
  request.onProgress({ step: 'storing the sample company', share: detailed.logs.length / SAMPLE_LOGS });
  await store(detailed.logs.length, detailed, history);
  await mkdir(join(workspace.dir, 'scenarios'), { recursive: true });
  await writeFile(join(workspace.dir, 'scenarios', 'tonight.yaml'), sampleTonight(size));
  return true;
}

/** The detailed nights, and the log of all landings. */
const SAMPLE_LOGS = 4;

interface PlayedSample {
  readonly detailed: Promise<DetailedNights>;
  /** Of all landings; made once all nights are played. */
  readonly history: Promise<Log>;
}

/** Its nights on as many threads as help, then the log of all their landings. Neither thread goes on without the other. */
function playSample(size: SampleSize, { workersDir, signal, onProgress }: SampleRequest): PlayedSample {
  const shared = sharedNights();
  const both = cancelSource();
  const stopListening = signal.onCancel(both.cancel);
  const options = { workersDir, signal: both.signal };
  const channel = size.taskRuns < TWO_THREADS_FROM ? null : new MessageChannel();
  const helping =
    channel === null
      ? null
      : runJob(
          'help-sample',
          { size, shared, maker: channel.port1 },
          { ...options, onProgress, transfer: [channel.port1] },
        );
  let onDetailed: (nights: DetailedNights) => void = () => {};
  const making = runJob(
    'make-sample',
    { size, shared, helper: channel?.port2 ?? null },
    {
      ...options,
      transfer: channel === null ? [] : [channel.port2],
      onProgress: (progress) => (progress.kind === 'detailed' ? onDetailed(progress.detailed) : onProgress(progress)),
    },
  );
  const history = Promise.all([making, helping])
    .then(([log]) => log)
    .finally(() => {
      both.cancel();
      stopListening();
    });
  const detailed = new Promise<DetailedNights>((resolve, reject) => {
    onDetailed = resolve;
    // Awaited later than it may fail: what it failed of is told with the nights, or then.
    history.catch(reject);
  });
  return { detailed, history };
}

/** A small company is played before a second thread has started. */
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
