// The task runs that are proved to have read too early, and when: what the checker of finalize ordering found. They
// colour graph and timeline alike.

import { useMemo } from 'react';
import type { OrderingReport } from '../../shared/analysis/ordering/report.ts';
import type { LogView } from '../../shared/api/views.ts';
import { ORDERING_PARAMS } from './ordering-params.ts';
import { useResource } from './use-app.ts';

export interface EarlyRead {
  readonly taskRun: number;
  readonly timeUs: number;
  /** What it read, as it was written: a row of the log's versions, or -1. */
  readonly version: number;
}

const NONE: readonly EarlyRead[] = [];
const READ_RULE = 'no-read-before-finalize';

export const earlyReadsOf = (report: Pick<OrderingReport, 'findings'>): readonly EarlyRead[] =>
  report.findings
    .filter(({ grade, rule }) => grade === 'proved' && rule === READ_RULE)
    .map(({ first, second }) => ({
      taskRun: first.taskRun,
      timeUs: first.timeUs,
      // A reader may name no version; what proves it too early is of the one that was written.
      version: second !== null && second.version >= 0 ? second.version : first.version,
    }));

/** Empty while the report is not there. */
export function useEarlyReads(log: LogView): readonly EarlyRead[] {
  const state = useResource('log.ordering', { log: log.name, ...ORDERING_PARAMS });
  const report = state.status === 'ready' ? state.value : null;
  return useMemo(() => (report ? earlyReadsOf(report) : NONE), [report]);
}
