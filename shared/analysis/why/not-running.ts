// Why a task run was not running at a moment: the state that it was in, the limit that bound it then, and who held the
// slots. What was still missing is named, the last to come first.

import { Evidence, OUTCOME_NAMES, Outcome } from '../../model/event.ts';
import { type Log, taskRunLabel } from '../../model/log.ts';
import type { ChainPart, PartCause, PoolHolder } from './chain.ts';
import type { ChainReader } from './critical-chain.ts';
import { type Attempt, isKnown, type Story } from './story.ts';

export interface Missing {
  readonly taskRun: number;
  readonly label: string;
  /** Of that task run, at the moment asked of. */
  readonly state: 'waiting' | 'running' | 'ended';
  /** When it came at last; NaN when it did not. */
  readonly cameUs: number;
}

export interface NotRunning {
  readonly state: 'running' | 'ended' | 'waiting' | 'not ready' | 'never ran' | 'unknown';
  /** What held it at that moment, from when to when; null when it ran, had ended, or nothing tells. */
  readonly cause: PartCause | null;
  readonly evidence: Evidence;
  readonly sinceUs: number;
  readonly untilUs: number;
  readonly pool: string;
  /** Slots in use at that moment, and of the pool; -1 when unknown or when it is not a pool that held it. */
  readonly usedSlots: number;
  readonly poolSlots: number;
  readonly holders: readonly PoolHolder[];
  readonly waitingFor: readonly Missing[];
  /** Outcome's name of a task run that was never let run, or had ended; "". */
  readonly outcome: string;
}

const NOTHING: NotRunning = {
  state: 'unknown',
  cause: null,
  evidence: Evidence.unknown,
  sinceUs: Number.NaN,
  untilUs: Number.NaN,
  pool: '',
  usedSlots: -1,
  poolSlots: -1,
  holders: [],
  waitingFor: [],
  outcome: '',
};

/** `log` must be the reader's. */
export function notRunningAt(log: Log, reader: ChainReader, taskRun: number, atUs: number): NotRunning {
  const story = reader.story(taskRun);
  const { attempts } = story;
  if (attempts.length === 0 && story.skipped !== 0)
    return { ...NOTHING, state: 'never ran', outcome: OUTCOME_NAMES[story.skipped] };
  const running = attempts.find(({ started, ended }) => started.us <= atUs && !(ended.us <= atUs));
  if (running !== undefined)
    return {
      ...NOTHING,
      state: 'running',
      evidence: running.started.evidence,
      sinceUs: running.started.us,
      untilUs: running.ended.us,
    };
  const next = attempts.find(({ started }) => started.us > atUs);
  const last = attempts.findLast(({ ended }) => ended.us <= atUs);
  if (last !== undefined && (next === undefined || last.outcome === Outcome.success)) return ended(last);
  if (last === undefined) {
    const missing = missingAt(log, reader, taskRun, atUs);
    if (missing.length > 0) return notReady(story, missing);
  }
  return waiting(log, reader, story, next, atUs);
}

const ended = (attempt: Attempt): NotRunning => ({
  ...NOTHING,
  state: 'ended',
  evidence: attempt.ended.evidence,
  sinceUs: attempt.ended.us,
  outcome: OUTCOME_NAMES[attempt.outcome] ?? '',
});

/** Dependencies that had not come by then, of those that came before it started; all open ones when it never did. */
function missingAt(log: Log, reader: ChainReader, taskRun: number, atUs: number): Missing[] {
  const story = reader.story(taskRun);
  const startedUs = story.attempts[0]?.started.us ?? Number.NaN;
  const limitUs = isKnown(story.ready) ? story.ready.us : startedUs;
  return reader.upstreams
    .of(taskRun, Number.isNaN(limitUs) ? Number.POSITIVE_INFINITY : limitUs)
    .filter(({ at }) => at.us > atUs || Number.isNaN(at.us))
    .filter(({ at }) => Number.isNaN(startedUs) || at.us <= startedUs)
    .map((one) => ({
      taskRun: one.taskRun,
      label: taskRunLabel(log, one.taskRun),
      state: stateAt(reader.story(one.taskRun), atUs),
      cameUs: one.at.us,
    }))
    .sort((a, b) => lateness(b) - lateness(a) || a.taskRun - b.taskRun);
}

/** One that never came is the last. */
const lateness = ({ cameUs }: Missing): number => (Number.isNaN(cameUs) ? Number.MAX_VALUE : cameUs);

function stateAt({ attempts }: Story, atUs: number): Missing['state'] {
  if (attempts.some(({ started, ended: end }) => started.us <= atUs && !(end.us <= atUs))) return 'running';
  return attempts.some(({ ended: end }) => end.us <= atUs) ? 'ended' : 'waiting';
}

const notReady = (story: Story, missing: readonly Missing[]): NotRunning => ({
  ...NOTHING,
  state: 'not ready',
  cause: 'upstream',
  evidence: Evidence.inferred,
  sinceUs: story.created.us,
  untilUs: missing[0].cameUs,
  waitingFor: missing,
});

/** Ready, or soon tried again: the part of its wait in which the moment lies. */
function waiting(log: Log, reader: ChainReader, story: Story, next: Attempt | undefined, atUs: number): NotRunning {
  if (next === undefined) {
    if (!isKnown(story.ready) && story.waits.length === 0) return { ...NOTHING, state: 'never ran' };
    return held(log, reader, story.taskRun, openWait(story, atUs), atUs);
  }
  const { parts } = reader.linkOf({ taskRun: story.taskRun, at: next.started, version: -1, attempt: next.number });
  const part = parts.find(({ fromUs, toUs }) => fromUs <= atUs && atUs < toUs);
  return held(log, reader, story.taskRun, part ?? null, atUs);
}

/** The last thing that it is told to have waited for, by then. */
function openWait({ waits }: Story, atUs: number): ChainPart | null {
  const wait = waits.findLast(({ fromUs }) => fromUs <= atUs);
  if (wait === undefined) return null;
  return { cause: 'unknown', fromUs: wait.fromUs, toUs: wait.toUs, evidence: wait.evidence, pool: '', holders: [] };
}

function held(log: Log, reader: ChainReader, taskRun: number, part: ChainPart | null, atUs: number): NotRunning {
  if (part === null) return { ...NOTHING, state: 'waiting' };
  const pool = log.taskRuns.pool[taskRun];
  const isForSlots = part.cause === 'pool' || part.cause === 'priority';
  return {
    ...NOTHING,
    state: part.cause === 'source' ? 'not ready' : 'waiting',
    cause: part.cause,
    evidence: part.evidence,
    sinceUs: part.fromUs,
    untilUs: part.toUs,
    pool: part.pool,
    usedSlots: isForSlots ? reader.pools.usedAt(pool, atUs) : -1,
    poolSlots: isForSlots ? reader.pools.sizeOf(pool) : -1,
    holders: isForSlots ? reader.pools.holders(pool, { fromUs: atUs, toUs: atUs + 1 }, taskRun) : [],
  };
}
