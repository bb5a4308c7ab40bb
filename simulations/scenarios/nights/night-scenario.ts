// One night of the sample company as a scenario: the usual one, the incident night, and tonight. What goes wrong is
// written here and nothing else: what comes of it is played.

import { CAST } from '../company/cast.ts';
import type { Company, PlannedCompany } from '../company/company.ts';
import { HALYARD_ORCHESTRATOR } from '../company/orchestrator.ts';
import { formatClock, movedDate } from './clock.ts';

export const LAST_DATE = '2025-12-24';
/** Partition `date=D` is built in the night after D, from its midnight on. */
export const INCIDENT = {
  date: LAST_DATE,
  lateSource: '22m',
  backfill: { pipeline: CAST.backfill, from: '2025-11-30', to: '2025-11-30', at: '50m' },
  /** On-call looks at it in the morning. */
  rerun: { pipeline: CAST.trainDaily, from: LAST_DATE, to: LAST_DATE, at: '6h41m' },
} as const;

/** What of the incident happens. */
export interface IncidentParts {
  readonly lateSource: boolean;
  readonly backfill: boolean;
}

/** Domains whose tasks fail now and then and are tried again. */
const FLAKY_DOMAINS = ['growth', 'features', 'recs'];

/** What goes wrong on any night. */
function usualFaults({ plans }: PlannedCompany): object[] {
  const late = {
    kind: 'late-source',
    of: CAST.eventsRaw,
    share: '1%',
    lasts: { lognormal: { median: '6m', sigma: 0.5 } },
  };
  const flaky = FLAKY_DOMAINS.filter((name) => plans.some(({ domain }) => domain.name === name));
  return [late, ...flaky.map((domain) => ({ kind: 'task-failure', of: `${domain}.*.*`, share: '0.2%' }))];
}

/** A scenario document; `midnight` begins the night after the date that it builds. */
export function nightDocument(made: Company, midnight: string): object {
  const targets = made.deliverables.map(({ dataset, byMs }) => ({
    landing: { dataset, by: formatClock(byMs), share: '99.5%' },
  }));
  return { ...frameOf(made, midnight), name: `night of ${midnight}`, faults: usualFaults(made), targets };
}

export function incidentDocument(made: Company, { lateSource, backfill }: IncidentParts): object {
  const { backfill: asked, rerun, date, lateSource: lasts } = INCIDENT;
  const late = { kind: 'late-source', of: CAST.eventsRaw, once: { partition: `date=${date}` }, lasts };
  return {
    ...nightDocument(made, movedDate(date, 1)),
    faults: lateSource ? [...usualFaults(made), late] : usualFaults(made),
    backfills: backfill ? [asked, rerun] : [rerun],
  };
}

/** What is asked of tonight: does it fit? */
export function tonightDocument(made: PlannedCompany): object {
  return {
    ...frameOf(made, movedDate(INCIDENT.date, 2)),
    name: 'tonight',
    replications: 2_000,
    faults: usualFaults(made),
    targets: [
      { landing: { dataset: CAST.userDaily, by: '02:00', share: '99.5%' } },
      { startLatency: { p50: '30s', p99: '2m' } },
    ],
  };
}

function frameOf({ size }: PlannedCompany, midnight: string): object {
  const { seed, pipelines, taskRuns } = size;
  return {
    version: 1,
    seed,
    start: midnight,
    horizon: '16h',
    base: { sample: { seed, pipelines, taskRuns } },
    orchestrator: HALYARD_ORCHESTRATOR,
  };
}
