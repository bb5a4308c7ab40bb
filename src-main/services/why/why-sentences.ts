// The sentences of Why: plain, with the wall clock of the log's zone. One for every state, and what to collect so that
// less is unknown.

import type { CriticalChain } from '../../../shared/analysis/why/chain.ts';
import { clockText, latenessText, minutesText } from '../../../shared/analysis/why/clock-text.ts';
import type { ChainReader } from '../../../shared/analysis/why/critical-chain.ts';
import type { NotRunning } from '../../../shared/analysis/why/not-running.ts';
import { isKnown, type Story } from '../../../shared/analysis/why/story.ts';
import type { WhyView } from '../../../shared/api/views-why.ts';
import { OUTCOME_NAMES } from '../../../shared/model/event.ts';
import { type Log, taskRunLabel } from '../../../shared/model/log.ts';

type Told = Omit<WhyView, 'sentence' | 'advice'>;

export function sentenceOf(why: Told, story: Story, logEndUs: number): string {
  const { label, state, landedUs, lateMs, zone } = why;
  const clock = (us: number): string => clockText(us, zone);
  const usual = Number.isNaN(why.usual.landedUs) ? '' : ` (usual ${clock(why.usual.landedUs)})`;
  const last = story.attempts.at(-1);
  switch (state) {
    case 'late':
      return `${label} landed ${clock(landedUs)}, ${latenessText(lateMs)} late${usual}.`;
    case 'on time':
      return `${label} was not late: it landed ${clock(landedUs)}, ${latenessText(lateMs)} before its deadline${usual}.`;
    case 'landed':
      return `${label} landed ${clock(landedUs)}${usual}; it has no deadline to be late for.`;
    case 'running':
      return last !== undefined && isKnown(last.ended)
        ? `${label} ended ${clock(last.ended.us)}, and its data had not landed where the log ends (${clock(logEndUs)}).`
        : `${label} was still running where the log ends (${clock(logEndUs)}), since ${clock(last?.started.us ?? Number.NaN)}.`;
    case 'waiting':
      return `${label} had not started where the log ends (${clock(logEndUs)}).`;
    case 'failed':
      return `${label} failed ${clock(last?.ended.us ?? Number.NaN)} (attempt ${last?.number ?? 1}): it never landed.`;
    case 'skipped':
      return `${label} was not let run (${OUTCOME_NAMES[story.skipped]}): it never landed.`;
    case 'never ran':
      return `${label} never ran in ${why.log.name}.`;
  }
}

/** Why it was not running at a moment. */
export function notRunningSentence(label: string, atUs: number, zone: string, at: NotRunning): string {
  const clock = (us: number): string => clockText(us, zone);
  const head = `At ${clock(atUs)} ${label}`;
  switch (at.state) {
    case 'running':
      return `${head} was running, since ${clock(at.sinceUs)}.`;
    case 'ended':
      return `${head} had ended, at ${clock(at.sinceUs)} (${at.outcome}).`;
    case 'never ran':
      return at.outcome === '' ? `${label} never ran in this log.` : `${label} was not let run (${at.outcome}).`;
    case 'not ready':
      return `${head} was not ready: ${missingText(at, clock)}.`;
    case 'waiting':
      return at.cause === null
        ? `${head} waited, and nothing in the log tells for what.`
        : `${head} waited for ${causeText(at)}, from ${clock(at.sinceUs)} to ${clock(at.untilUs)}.`;
    case 'unknown':
      return `${head}: nothing in the log tells.`;
  }
}

function missingText({ waitingFor, cause, untilUs }: NotRunning, clock: (us: number) => string): string {
  const [last] = waitingFor;
  if (last === undefined) return cause === 'source' ? `its source came at ${clock(untilUs)}` : 'nothing tells why';
  const came = Number.isNaN(last.cameUs) ? 'which never came' : `which came at ${clock(last.cameUs)}`;
  const others = waitingFor.length === 1 ? '' : `, and for ${waitingFor.length - 1} more`;
  const state = last.state === 'ended' ? 'ended, not published yet' : last.state;
  return `it waited for ${last.label} (${state}), ${came}${others}`;
}

function causeText({ cause, pool, usedSlots, poolSlots, holders }: NotRunning): string {
  if (cause !== 'pool' && cause !== 'priority')
    return cause === 'unknown' ? 'something that the log does not tell' : `${cause}`;
  const use = usedSlots < 0 || poolSlots < 0 ? '' : ` (${usedSlots} of ${poolSlots} slots in use)`;
  const held = holders.map((holder) => `${holder.pipeline} ${holder.slots}`).join(', ');
  return `pool ${pool}${use}${held === '' ? '' : `, held by ${held}`}`;
}

/** What the log lacks so that less would be unknown; each once. */
export function adviceOf(chain: CriticalChain | null, log: Log, reader: ChainReader): string[] {
  if (chain === null) return [];
  const advice = new Set<string>();
  if (chain.beginsBecause !== '') advice.add(`${chain.beginsBecause}: record lineage, or when its run was created`);
  if (chain.unknownMs > 0) {
    for (const { taskRun, parts } of chain.links) {
      const unknown = parts.filter(({ cause }) => cause === 'unknown');
      if (unknown.length === 0) continue;
      const label = taskRunLabel(log, taskRun);
      const ms = unknown.reduce((sum, { fromUs, toUs }) => sum + (toUs - fromUs) / 1_000, 0);
      advice.add(`${minutesText(ms)} of ${label} are unknown: ${lackOf(log, reader, taskRun)}`);
    }
  }
  return [...advice];
}

function lackOf(log: Log, reader: ChainReader, taskRun: number): string {
  const story = reader.story(taskRun);
  if (story.attempts.every(({ queued }) => !isKnown(queued))) return 'record when its tries were queued';
  if (reader.pools.sizeOf(log.taskRuns.pool[taskRun]) < 0) return 'record its pool and how many slots that has';
  return 'neither its pool, nor its dependencies, nor the loop explain them; record why task runs wait';
}
