// Finalize ordering: which rules hold, how sure each finding is, and for the first offenders the two events that show
// it. Never a bare count of violations.

import { useState } from 'react';
import type { OrderingReport } from '../../shared/analysis/ordering/report.ts';
import type { LogView } from '../../shared/api/views.ts';
import { formatDuration } from '../../shared/base/time.ts';
import { useOpen } from '../state/open.ts';
import { ORDERING_PARAMS } from '../state/ordering-params.ts';
import { useApp, useResource } from '../state/use-app.ts';
import { formatCount, formatPlural } from '../widgets/format.ts';
import { ErrorNotice, Loading } from '../widgets/notice.tsx';
import { zonedTime } from '../widgets/zoned-time.ts';
import { EarlyStory } from './early-story.tsx';
import { FindingList } from './finding-list.tsx';
import { RuleTable } from './rule-table.tsx';
import { SameNight } from './same-night.tsx';

const TOLERANCES_MS = [0, 1_000, 5_000, 60_000];

export function OrderScreen({ log }: { log: LogView }) {
  const { resources } = useApp();
  const [toleranceMs, setToleranceMs] = useState<number>(ORDERING_PARAMS.toleranceMs);
  const open = useOpen(log);
  const params = { log: log.name, ...ORDERING_PARAMS, toleranceMs };
  const state = useResource('log.ordering', params);
  const night = useResource('night.get', { log: log.name });
  if (state.status === 'error') {
    const retry = (): void => resources.retry('log.ordering', params);
    return <ErrorNotice what="Finalize ordering cannot be checked" error={state.error} onRetry={retry} />;
  }
  const report = state.status === 'ready' ? state.value : null;
  const read = night.status === 'ready' ? night.value.earlyReads[0] : undefined;
  return (
    <div className="order">
      <header className="order-head">
        <h1>{report ? <Verdict report={report} /> : 'Checking who read what, and when it was whole…'}</h1>
        <label className="order-tolerance dim">
          clock differences up to{' '}
          <select value={toleranceMs} onChange={(event) => setToleranceMs(Number(event.target.value))}>
            {TOLERANCES_MS.map((ms) => (
              <option key={ms} value={ms}>
                {ms === 0 ? 'none' : formatDuration(ms).replace(/ 00 s$/, '')}
              </option>
            ))}
          </select>{' '}
          are not held against anyone
        </label>
      </header>
      {report && report.proved > 0 && read ? <EarlyStory key={log.name} log={log} read={read} /> : null}
      {report ? (
        <Report report={report} log={log} onOpen={open.taskRun} />
      ) : (
        <Loading what="the ordering report" lines={12} />
      )}
    </div>
  );
}

function Verdict({ report }: { report: OrderingReport }) {
  const { proved, overlap, cannotTell } = report;
  return (
    <>
      <span className={proved > 0 ? 'ink-early' : ''} data-figure="order-proved">
        {formatCount(proved)} proved
      </span>
      {` · ${formatCount(overlap)} overlap · ${formatCount(cannotTell)} cannot tell`}
    </>
  );
}

interface ReportProps {
  readonly report: OrderingReport;
  readonly log: LogView;
  readonly onOpen: (taskRun: number, atUs: number) => void;
}

function Report({ report, log, onOpen }: ReportProps) {
  const { reads, versions, findings, advice } = report;
  const all = report.proved + report.overlap + report.cannotTell;
  return (
    <>
      <p className="dim">
        {formatPlural(reads, 'read')} of {formatPlural(versions, 'partition version')} checked.
      </p>
      <div className="order-columns">
        <section>
          <h2>Rules</h2>
          <RuleTable rules={report.rules} />
          {advice.length > 0 ? (
            <>
              <h2 className="order-advice">To know more</h2>
              <ul className="advice">
                {advice.map((line) => (
                  <li key={line}>{line}</li>
                ))}
              </ul>
            </>
          ) : null}
          {report.proved === 0 ? <SameNight log={log} /> : null}
          <StaleReads stale={report.stale} />
        </section>
        <section>
          <h2>
            First offenders
            {findings.length < all ? ` · ${formatCount(findings.length)} of ${formatCount(all)}` : ''}
          </h2>
          <FindingList findings={findings} time={zonedTime(log.zone)} onOpen={onOpen} />
        </section>
      </div>
    </>
  );
}

const STALE_SHOWN = 5;

/** Reads of a version of which a later one is whole by now: no fault of the reader, and a reason to run it again. */
function StaleReads({ stale }: { stale: OrderingReport['stale'] }) {
  if (stale.reads === 0) return null;
  return (
    <>
      <h2 className="order-advice">
        To run again · {formatPlural(stale.reads, 'read')} of what is no longer the latest
      </h2>
      <ul className="advice">
        {stale.examples.slice(0, STALE_SHOWN).map((example) => (
          <li key={example.first.seq}>{example.reason}</li>
        ))}
      </ul>
    </>
  );
}
