// The answer to "why": how it stands with a task run, in one sentence, and the chain and charges behind it.

import type { CriticalChain } from '../../../shared/analysis/why/chain.ts';
import { chargesOf } from '../../../shared/analysis/why/charges.ts';
import type { ChainReader, Goal } from '../../../shared/analysis/why/critical-chain.ts';
import type { LoggedNights } from '../../../shared/analysis/why/nights.ts';
import { isKnown, type Story } from '../../../shared/analysis/why/story.ts';
import type { LogView } from '../../../shared/api/views.ts';
import type { UsualLanding, WhyState, WhyView } from '../../../shared/api/views-why.ts';
import { msBetween } from '../../../shared/base/time.ts';
import type { Catalog } from '../../../shared/model/catalog.ts';
import { Evidence, Outcome } from '../../../shared/model/event.ts';
import type { Log } from '../../../shared/model/log.ts';
import { namedCharges } from './charge-names.ts';
import type { Subject } from './find-subject.ts';
import { nightOrigin, otherNights, usualLanding } from './usual.ts';
import { adviceOf, sentenceOf } from './why-sentences.ts';

export interface WhyInput {
  readonly view: LogView;
  readonly log: Log;
  readonly catalog: Catalog;
  readonly reader: ChainReader;
  readonly history: readonly LoggedNights[];
}

const NO_HISTORY: UsualLanding = { landedUs: Number.NaN, nights: 0, missed: 0 };

export function whyView(input: WhyInput, subject: Subject): WhyView {
  const { view, log, catalog, reader, history } = input;
  const { taskRun, label } = subject;
  if (taskRun < 0) return nothingOf(input, label);
  const story = reader.story(taskRun);
  const landing = reader.landingOf(taskRun, subject.dataset);
  const dueUs = log.taskRuns.deadlineUs[taskRun];
  const landedUs = landing?.at.us ?? Number.NaN;
  const state = stateOf(story, landedUs, dueUs);
  const goal = landing ?? lastKnown(story, view.toUs);
  const chain = goal === null ? null : reader.chain(goal);
  const nights = otherNights(log, history, taskRun);
  const usual = usualLanding(log, nights, taskRun);
  const partial = {
    log: view,
    taskRun,
    label,
    ...writtenBy(log, story, landing),
    owner: ownerOf(log, catalog, reader, taskRun),
    zone: log.zone,
    state,
    dueUs,
    landedUs,
    lateMs: msBetween(dueUs, landedUs),
    usual,
    chain,
    charges: landing === null || chain === null ? [] : chargesFor(input, chain, usual, taskRun),
  };
  return { ...partial, sentence: sentenceOf(partial, story, view.toUs), advice: adviceOf(chain, log, reader) };
}

function chargesFor({ log, history }: WhyInput, chain: CriticalChain, usual: UsualLanding, taskRun: number) {
  const nightsOfLink = ({ taskRun: link }: { readonly taskRun: number }) => otherNights(log, history, link);
  return namedCharges(chain, chargesOf(chain, usual.landedUs, nightOrigin(log, taskRun), nightsOfLink));
}

function stateOf(story: Story, landedUs: number, dueUs: number): WhyState {
  if (!Number.isNaN(landedUs)) return Number.isNaN(dueUs) ? 'landed' : landedUs > dueUs ? 'late' : 'on time';
  if (story.skipped !== 0) return 'skipped';
  const last = story.attempts.at(-1);
  if (last === undefined) return isKnown(story.ready) || story.waits.length > 0 ? 'waiting' : 'never ran';
  if (!isKnown(last.ended)) return isKnown(last.started) ? 'running' : 'waiting';
  // It ended well, and its data did not land: the write is what is still under way.
  return last.outcome === Outcome.success ? 'running' : 'failed';
}

/** Where the chain of what has not landed ends: at its failure, or where the log does. */
function lastKnown({ taskRun, attempts }: Story, endUs: number): Goal | null {
  const last = attempts.findLast(({ started }) => isKnown(started));
  if (last === undefined) return null;
  const isOver = isKnown(last.ended) && last.outcome !== Outcome.success;
  const at = isOver ? last.ended : { us: endUs, evidence: Evidence.recorded };
  return { taskRun, at, version: -1, attempt: last.number };
}

function writtenBy(log: Log, story: Story, landing: Goal | null): Pick<WhyView, 'dataset' | 'partition'> {
  const version = landing !== null && landing.version >= 0 ? landing.version : (story.outputs[0]?.version ?? -1);
  const runKey = log.runs.logicalKey[log.taskRuns.run[story.taskRun]];
  if (version < 0) return { dataset: '', partition: runKey };
  const key = log.versions.partitionKey[version];
  return {
    dataset: log.names.datasets.name[log.versions.dataset[version]],
    partition: key < 0 ? runKey : log.names.texts[key],
  };
}

function ownerOf(log: Log, catalog: Catalog, reader: ChainReader, taskRun: number): string {
  const task = reader.upstreams.join.taskOf[log.taskRuns.task[taskRun]];
  return task < 0 ? '' : catalog.pipelines.owner[catalog.tasks.pipeline[task]];
}

/** Defined, and nothing of it is in the log. */
const nothingOf = ({ view, log }: WhyInput, label: string): WhyView => ({
  log: view,
  taskRun: -1,
  label,
  dataset: '',
  partition: '',
  owner: '',
  zone: log.zone,
  state: 'never ran',
  sentence: `${label} never ran in ${log.name}: it is defined, and no event of the log is of it.`,
  dueUs: Number.NaN,
  landedUs: Number.NaN,
  lateMs: Number.NaN,
  usual: NO_HISTORY,
  chain: null,
  charges: [],
  advice: [],
});
