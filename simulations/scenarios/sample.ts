// The bundled sample company: its nights as observed logs, and tonight as a scenario. Everything is played by the model;
// this file says which nights there are and in what parts they can be made. Deterministic from the size (seed in it).

import { MS_PER_DAY } from '../../shared/base/time.ts';
import type { Catalog } from '../../shared/model/catalog.ts';
import type { Log } from '../../shared/model/log.ts';
import type { Workload } from '../../shared/scenario/workload.ts';
import { logOfPlay } from '../orchestrator/model/model-log.ts';
import { catalogOfDefinitions } from '../orchestrator/run-plan/catalog-of.ts';
import { numberWorkload, type PlanDefinitions } from '../orchestrator/run-plan/definitions.ts';
import { CAST_PIPELINES } from './company/cast.ts';
import { type Company, company, planSample } from './company/company.ts';
import type { CompanySize } from './company/plan.ts';
import { movedDate } from './nights/clock.ts';
import { keptTasks, type LandingTimes, landingTimes } from './nights/landing-times.ts';
import { landingsLog } from './nights/landings-log.ts';
import {
  type IncidentParts,
  incidentDocument,
  LAST_DATE,
  nightDocument,
  tonightDocument,
} from './nights/night-scenario.ts';
import { observeNight } from './nights/observe-night.ts';
import { type PlannedNight, planNight, traceNight } from './nights/play-night.ts';
import { scenarioText } from './nights/scenario-text.ts';
import { withoutLineage } from './nights/without-lineage.ts';

export const SAMPLE_SIZE: CompanySize = { seed: 7, pipelines: 2_000, taskRuns: 50_000 };
/** Bumped when the generator's output changes, so that a workspace made by an older one is made again. */
export const SAMPLE_VERSION = 3;

const NIGHTS = 90;
/** The last two are there in detail, too. */
export const PLAIN_NIGHTS = NIGHTS - 2;
const FIRST_DATE = movedDate(LAST_DATE, 1 - NIGHTS);
const NAMESPACE = 'halyard';
/**
 * Which of the generator's nights they are: the incident's, and the first of the others, which follow each other. Any tell
 * the story in kind; of the usual seed's, these tell it to the minute.
 */
const INCIDENT_DRAW = 30_892;
const FIRST_DRAW = 864;

export interface DetailedNights {
  readonly catalog: Catalog;
  /** The calm night, the incident without lineage events, the incident. */
  readonly logs: readonly Log[];
  /** Landings of the calm night and of the incident. */
  readonly landings: readonly LandingTimes[];
}

/** Throws RangeError for a company smaller than its cast. */
export const companyWorkload = (size: CompanySize): Workload => company(size).workload;

/** The nights of one company. What they share is made once, when it is first needed. */
export class SampleNights {
  readonly #made: Company;
  #plain: { readonly night: PlannedNight; readonly kept: Int32Array } | null = null;

  /** Throws RangeError for a company smaller than its cast. */
  constructor(size: CompanySize) {
    this.#made = company(size);
  }

  /** Landings of a plain night, 0 … PLAIN_NIGHTS): one of those before the last two. In any order. */
  landings(night: number): LandingTimes {
    this.#plain ??= this.#planPlain();
    this.#plain.night.player.play(FIRST_DRAW + night);
    return landingTimes(this.#plain.night, this.#plain.kept);
  }

  /** `onNight` is told after each night, as (done, all). */
  detailed(onNight: (done: number, all: number) => void = () => {}): DetailedNights {
    const calmDate = movedDate(LAST_DATE, -1);
    const calm = planUsual(this.#made, LAST_DATE);
    const catalog = catalogOfDefinitions(calm.plan.definitions, NAMESPACE);
    const kept = keptTasks(calm.plan.definitions);
    const calmLog = observed(calm, FIRST_DRAW + PLAIN_NIGHTS, catalog, calmDate);
    onNight(1, 2);
    const incident = planIncident(this.#made, { lateSource: true, backfill: true });
    const log = observed(incident, INCIDENT_DRAW, catalog, LAST_DATE);
    onNight(2, 2);
    const title = `Halyard, date=${LAST_DATE}, from the orchestrator's tables alone, without OpenLineage events`;
    const airflow = withoutLineage(log, { name: `airflow-${LAST_DATE}`, title });
    return {
      catalog,
      logs: [calmLog, airflow, log],
      landings: [landingTimes(calm, kept), landingTimes(incident, kept)],
    };
  }

  /** All nights as one log; `landings`: of all nights, in their order. */
  history(catalog: Catalog, landings: readonly LandingTimes[]): Log {
    const definitions =
      this.#plain?.night.plan.definitions ?? numberWorkload(this.#made.workload, { priority: 'absolute' });
    return historyLog(this.#made, definitions, catalog, landings);
  }

  #planPlain(): { readonly night: PlannedNight; readonly kept: Int32Array } {
    const night = planUsual(this.#made, movedDate(FIRST_DATE, 1));
    return { night, kept: keptTasks(night.plan.definitions) };
  }
}

/** The incident night with only some of its causes. */
export function playIncident(
  size: CompanySize,
  parts: IncidentParts,
): { readonly catalog: Catalog; readonly log: Log } {
  const night = planIncident(company(size), parts);
  const catalog = catalogOfDefinitions(night.plan.definitions, NAMESPACE);
  return { catalog, log: observed(night, INCIDENT_DRAW, catalog, LAST_DATE) };
}

/** `scenarios/tonight.yaml`: what is asked of tonight, to be edited. */
export const tonightText = (size: CompanySize): string =>
  scenarioText(tonightDocument(planSample(size)), [
    'Halyard tonight: does features.user_daily land by 02:00 on 99.5 % of nights?',
    'Try `grow: {pipelines: +40%, data: +15%}`, and `pools: {spark: 152}`.',
  ]);

function historyLog(
  made: Company,
  definitions: PlanDefinitions,
  catalog: Catalog,
  landings: readonly LandingTimes[],
): Log {
  const kept = keptTasks(definitions);
  const names = followedPipelines(made);
  const followed = Uint8Array.from(kept, (task) =>
    names.has(catalog.pipelines.name[catalog.tasks.pipeline[task]]) ? 1 : 0,
  );
  const byMs = new Map(made.deliverables.map((deliverable) => [deliverable.dataset, deliverable.byMs]));
  const { datasets } = definitions.workload;
  const deadlineMs = Float64Array.from(kept, (task) => {
    const due = Array.from(definitions.writes[task], (dataset) => byMs.get(datasets[dataset].name) ?? Number.NaN);
    return due.length === 0 ? Number.NaN : Math.min(...due);
  });
  const title = `Halyard, landings of ${NIGHTS} nights, date=${FIRST_DATE} to date=${LAST_DATE}`;
  return landingsLog({
    header: { name: `landings-${NIGHTS}-nights`, title },
    catalog,
    definitions,
    kept,
    followed,
    deadlineMs,
    firstDate: FIRST_DATE,
    nights: landings,
  });
}

const planUsual = (made: Company, midnight: string): PlannedNight =>
  planNight(nightDocument(made, midnight), made.workload);

const planIncident = (made: Company, parts: IncidentParts): PlannedNight =>
  planNight(incidentDocument(made, parts), made.workload);

function observed(night: PlannedNight, draw: number, catalog: Catalog, date: string): Log {
  const { plan, player } = night;
  const trace = traceNight(night, draw);
  const ran = new Date(Date.parse(`${date}T00:00:00Z`) + MS_PER_DAY).toISOString().slice(0, 10);
  const header = {
    name: `night-${date}`,
    title: `Halyard, date=${date}, ran ${ran}, from OpenLineage events and the orchestrator's tables`,
  };
  const played = logOfPlay({
    header: { ...header, source: 'simulated', zone: 'UTC', landing: 'published' },
    catalog,
    plan,
    player,
    trace,
  });
  return observeNight({ header, catalog, plan, played });
}

/** The cast, whatever is promised, and whoever starts by the clock though it reads, with what it reads. */
function followedPipelines({ plans, deliverables }: Company): ReadonlySet<string> {
  const byClock = plans.filter(({ start }) => start === 'clock');
  return new Set([
    ...CAST_PIPELINES.map(({ name }) => name),
    ...deliverables.map(({ dataset }) => dataset),
    ...byClock.flatMap(({ name, inputs }) => [name, ...inputs.map((input) => plans[input].name)]),
  ]);
}
