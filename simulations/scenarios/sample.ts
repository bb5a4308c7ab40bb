// The bundled sample company and its nights, made by the simulator itself. The calm night is played first: deadlines
// and clock starts are set from it with a margin, as people set them from what they are used to; then each night is
// played with its own durations. Deterministic from the seed.

import { randomKey, randomNormal, randomUnit } from '../../shared/base/random.ts';
import { epochUsOfMs, MS_PER_DAY, MS_PER_MINUTE } from '../../shared/base/time.ts';
import { type Catalog, catalogOf } from '../../shared/model/catalog.ts';
import type { Log } from '../../shared/model/log.ts';
import type { DayAnswer, ReferenceDay } from '../../shared/model/reference-day.ts';
import { logOfDay } from '../orchestrator/day-log.ts';
import { createDayPlayer } from '../orchestrator/reference-day.ts';
import { type CompanyDefinitions, defineCompany } from './company/definitions.ts';
import { nightOf, sourceReleaseMs } from './company/night.ts';
import { type CompanySize, type PipelinePlan, planCompany } from './company/plan.ts';

export const SAMPLE_SIZE: CompanySize = { seed: 7, pipelines: 2_000, taskRuns: 50_000 };
/** Bumped when the generator's output changes, so that a workspace made by an older one is made again. */
export const SAMPLE_VERSION = 1;

const NIGHTS = ['2025-12-23', '2025-12-24'] as const;
const DELIVERABLE_SHARE = 0.021;
const NEVER_MS = 20 * 60 * MS_PER_MINUTE;

export interface Sample {
  readonly catalog: Catalog;
  readonly logs: readonly Log[];
}

/** `onNight` is told after each night, as (done, all). */
export function sampleCompany(size: CompanySize, onNight: (done: number, all: number) => void = () => {}): Sample {
  const { plans, releaseMs, defs, catalog, deadlineMs } = company(size);
  const rowCount = Float64Array.from(plans, (plan) => usualRows(size.seed, plan));
  const logs = NIGHTS.map((date, i) => {
    const day = nightOf(size.seed, plans, defs, { date, releaseMs, deadlineMs });
    const log = nightLog({ date, catalog, day, answer: play(day), rowCount, plans });
    onNight(i + 1, NIGHTS.length);
    return log;
  });
  return { catalog, logs };
}

/** Its calm night as a reference day, with its deadlines: what scenarios over the sample are laid over. */
export function sampleDay(size: CompanySize): { readonly catalog: Catalog; readonly day: ReferenceDay } {
  const { plans, releaseMs, defs, catalog, deadlineMs } = company(size);
  return { catalog, day: nightOf(size.seed, plans, defs, { date: null, releaseMs, deadlineMs }) };
}

function company(size: CompanySize) {
  const plans = planCompany(size);
  const usual = usualNight(size, plans);
  const releaseMs = Int32Array.from(plans, (plan) => startMs(size.seed, plan, usual));
  const defs = defineCompany(
    size.seed,
    plans,
    plans.map((plan) => scheduleText(plan, releaseMs[plan.id])),
  );
  const deadlineMs = deadlines(size.seed, plans, defs, usual);
  return { plans, releaseMs, defs, catalog: catalogOf(defs.tables), deadlineMs };
}

function play(day: ReferenceDay): DayAnswer {
  const player = createDayPlayer(day);
  player.play();
  return player.answer();
}

/** When each dataset usually lands, by pipeline: the calm night, before anyone starts by the clock. */
function usualNight({ seed }: CompanySize, plans: readonly PipelinePlan[]): Float64Array {
  const defs = defineCompany(
    seed,
    plans,
    plans.map(() => ''),
  );
  const releaseMs = Int32Array.from(plans, (p) =>
    p.start === 'clock' ? NEVER_MS : p.start === 'source' ? sourceReleaseMs(seed, p.name) : 0,
  );
  const deadlineMs = new Int32Array(defs.tables.tasks.name.length).fill(-1);
  const day = nightOf(seed, plans, defs, { date: null, releaseMs, deadlineMs });
  const answer = play(day);
  return Float64Array.from(plans, (plan) => answer.finalMs[defs.lastTask[plan.id]] + day.publishMs);
}

/** A clock start is the usual landing of the last input, plus a margin, on the next full five minutes. */
function startMs(seed: number, plan: PipelinePlan, usual: Float64Array): number {
  if (plan.start === 'triggered') return 0;
  if (plan.start === 'source') return sourceReleaseMs(seed, plan.name);
  const marginMs = (1 + 5 * randomUnit(randomKey(seed, 'margin', plan.name), 0)) * MS_PER_MINUTE;
  const wholeMs = Math.max(...plan.inputs.map((input) => usual[input]));
  return roundUp(wholeMs + marginMs, 5 * MS_PER_MINUTE);
}

function scheduleText(plan: PipelinePlan, releaseMs: number): string {
  if (plan.start === 'triggered') return 'dataset trigger';
  const minutes = Math.round(releaseMs / MS_PER_MINUTE);
  return `${minutes % 60} ${Math.floor(minutes / 60)} * * *`;
}

/** Some pipelines late in the chain are promised by a quarter hour that the usual night meets with room. */
function deadlines(
  seed: number,
  plans: readonly PipelinePlan[],
  defs: CompanyDefinitions,
  usual: Float64Array,
): Int32Array {
  const deadlineMs = new Int32Array(defs.tables.tasks.name.length).fill(-1);
  for (const plan of plans) {
    const key = randomKey(seed, 'deadline', plan.name);
    if (plan.start !== 'triggered' || randomUnit(key, 0) >= DELIVERABLE_SHARE / 0.75) continue;
    const roomMs = (15 + 45 * randomUnit(key, 1)) * MS_PER_MINUTE;
    deadlineMs[defs.lastTask[plan.id]] = roundUp(usual[plan.id] + roomMs, 15 * MS_PER_MINUTE);
  }
  return deadlineMs;
}

interface NightLog {
  readonly date: string;
  readonly catalog: Catalog;
  readonly day: ReferenceDay;
  readonly answer: DayAnswer;
  readonly rowCount: Float64Array;
  readonly plans: readonly PipelinePlan[];
}

/** Partition `date=D` is built in the night after D. */
function nightLog({ date, plans, ...rest }: NightLog): Log {
  const dateMs = Date.parse(`${date}T00:00:00Z`);
  const before = new Date(dateMs - MS_PER_DAY).toISOString().slice(0, 10);
  return logOfDay({
    ...rest,
    header: {
      name: `night-${date}`,
      source: 'simulated',
      title: `Halyard, date=${date}, as the simulator played it`,
      zone: 'UTC',
      landing: 'published',
    },
    startUs: epochUsOfMs(dateMs + MS_PER_DAY),
    partitionKey: `date=${date}`,
    previousKey: `date=${before}`,
    reporting: plans.map((plan) => plan.domain.reporting),
  });
}

const usualRows = (seed: number, plan: PipelinePlan): number =>
  Math.round(2_000_000 * Math.exp(1.8 * randomNormal(randomKey(seed, 'rows', plan.name), 0)));

const roundUp = (value: number, step: number): number => Math.ceil(value / step) * step;
