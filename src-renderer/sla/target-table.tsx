// The targets with what they are held against. Start latency is judged in one night; a share of nights is not.

import type { SlaView } from '../../shared/api/views.ts';
import { formatDuration } from '../../shared/base/time.ts';
import { formatCount, formatPlural } from '../widgets/format.ts';
import { VerdictTag } from '../widgets/tag.tsx';

export function TargetTable({ sla }: { sla: SlaView }) {
  const { startLatency, deadlines } = sla;
  return (
    <table className="plain targets">
      <thead>
        <tr>
          <th scope="col">target</th>
          <th scope="col" className="right">
            limit
          </th>
          <th scope="col" className="right">
            actual
          </th>
          <th scope="col">verdict</th>
          <th scope="col">of</th>
        </tr>
      </thead>
      <tbody>
        {startLatency.targets.map((target) => (
          <tr key={target.name}>
            <td>{target.name}</td>
            <td className="right dim">{formatDuration(target.limitMs).replace(/ 00 s$/, '')}</td>
            <td className="right">
              <b className={target.verdict === 'fail' ? 'ink-late' : ''}>{formatDuration(target.actualMs)}</b>
            </td>
            <td>
              <VerdictTag verdict={target.verdict} />
            </td>
            <td className="dim">
              {formatPlural(startLatency.measuredCount, 'measured task run')}
              {startLatency.inferredCount > 0 ? `, ${formatCount(startLatency.inferredCount)} of them inferred` : ''}
              {startLatency.unknownCount > 0 ? `, ${formatCount(startLatency.unknownCount)} unknown` : ''}
            </td>
          </tr>
        ))}
        <tr>
          <td>deadlines</td>
          <td className="right dim">all</td>
          <td className="right">
            <b className={deadlines.missed > 0 ? 'ink-late' : ''} data-figure="sla-deadlines">
              {deadlines.total === 0 ? 'none' : `${formatCount(deadlines.met)} of ${formatCount(deadlines.total)}`}
            </b>
          </td>
          <td>{deadlines.total === 0 ? null : <DeadlineVerdict {...deadlines} />}</td>
          <td className="dim">one night gives counts, never a PASS for 99.5 %</td>
        </tr>
      </tbody>
    </table>
  );
}

function DeadlineVerdict({ missed, unknown }: SlaView['deadlines']) {
  if (missed > 0) return <VerdictTag verdict="missed" />;
  return <VerdictTag verdict={unknown > 0 ? 'unknown' : 'met'} />;
}
