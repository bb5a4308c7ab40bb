// Services: why a landing was when it was, why a task run was not running at a moment, what the night would have been
// without a cause, and by how much a reader missed what it read. Replays run in a worker thread.

import { setImmediate as turn } from 'node:timers/promises';
import { notRunningAt } from '../../shared/analysis/why/not-running.ts';
import type { CallContext, Handlers } from '../../shared/api/client.ts';
import type { ParamsOf } from '../../shared/api/contract.ts';
import { ServiceError } from '../../shared/api/errors.ts';
import type { LogView } from '../../shared/api/views.ts';
import type { ReplayProgress, ReplayView, WhyAtView, WhyView } from '../../shared/api/views-why.ts';
import { throwIfCancelled } from '../../shared/base/cancel.ts';
import { runJob } from '../host/workers/run-job.ts';
import { contentHashOf } from './content-hash.ts';
import { type ServicesContext, tellChanged } from './context.ts';
import { findSubject, type Subject } from './why/find-subject.ts';
import { marginView } from './why/margins.ts';
import { historyFor } from './why/usual.ts';
import { notRunningSentence } from './why/why-sentences.ts';
import { whyView } from './why/why-view.ts';

type Methods = 'why.get' | 'why.at' | 'why.replay' | 'why.keep' | 'why.margins';

export const whyHandlers = (context: ServicesContext): Pick<Handlers, Methods> => ({
  'why.get': ({ log, of }) => why(context, log, of),
  'why.at': ({ log, of, atUs }) => whyAt(context, log, of, atUs),
  'why.replay': (params, call) => replay(context, params, call),
  'why.keep': (params, call) => keep(context, params, call),
  'why.margins': async ({ log, reader, dataset }) => {
    const { library } = context;
    const own = { log: await library.log(log), times: await library.times(log) };
    return marginView(await library.catalog(log), [own, ...(await historyFor(context, log))], reader, dataset);
  },
});

async function why(context: ServicesContext, name: string, of: string | number): Promise<WhyView> {
  const { library } = context;
  // What takes turns first: of the live log, the rest is of the same state then.
  const reader = await library.chains(name);
  const [log, catalog] = [await library.log(name), await library.catalog(name)];
  const subject = findSubject(log, catalog, of);
  const history = await historyFor(context, name);
  await turn();
  return whyView({ view: library.view(name), log, catalog, reader, history }, subject);
}

async function whyAt(
  { library }: ServicesContext,
  name: string,
  of: string | number,
  atUs: number,
): Promise<WhyAtView> {
  const reader = await library.chains(name);
  const log = await library.log(name);
  const { taskRun, label } = findSubject(log, await library.catalog(name), of);
  if (taskRun < 0) throw neverRan(label, name);
  const at = notRunningAt(log, reader, taskRun, atUs);
  return { ...at, taskRun, label, atUs, sentence: notRunningSentence(label, atUs, log.zone, at) };
}

async function replay(
  context: ServicesContext,
  { log: name, of, changes }: ParamsOf<'why.replay'>,
  { signal, progress }: CallContext<'why.replay'>,
): Promise<ReplayView> {
  throwIfCancelled(signal);
  const job = await jobOf(context, name, of);
  const onProgress = (told: ReplayProgress): void => void progress(told);
  const answer = await runJob(
    'replay',
    { ...job, changes, keepAs: null },
    { workersDir: context.workersDir, signal, onProgress },
  );
  return answer.view;
}

async function keep(
  context: ServicesContext,
  { log: name, of, change, as }: ParamsOf<'why.keep'>,
  { signal, progress }: CallContext<'why.keep'>,
): Promise<LogView> {
  throwIfCancelled(signal);
  const job = await jobOf(context, name, of);
  const onProgress = (told: ReplayProgress): void => void progress(told);
  const options = { workersDir: context.workersDir, signal, onProgress };
  const { kept, view } = await runJob('replay', { ...job, changes: [change], keepAs: as }, options);
  const refused = view.rows[0]?.refused ?? '';
  if (kept === null || refused !== '')
    throw new ServiceError({ code: 'bad-input', message: refused || 'nothing was played' });
  return context.changes.run(async () => {
    const contentHash = contentHashOf(`${name}\n${as}\n${JSON.stringify(change)}`);
    const importedFrom = `${name}, played again`;
    const stored = await context.workspace.addImport(
      { contentHash, importedFrom, catalog: job.catalog, log: kept },
      { signal },
    );
    tellChanged(context);
    return stored;
  });
}

async function jobOf({ library }: ServicesContext, name: string, of: string | number) {
  const [log, catalog] = [await library.log(name), await library.catalog(name)];
  const { taskRun, dataset, label }: Subject = findSubject(log, catalog, of);
  if (taskRun < 0) throw neverRan(label, name);
  return { log, catalog, taskRun, dataset };
}

const neverRan = (label: string, log: string): ServiceError =>
  new ServiceError({ code: 'bad-input', message: `${label} never ran in ${log}, so there is nothing to play again` });
