// Every rule that was checked, with its findings by grade. A rule without findings is a row too: it was checked.

import type { RuleCount } from '../../shared/analysis/ordering/report.ts';
import { formatCount } from '../widgets/format.ts';

export function RuleTable({ rules }: { rules: readonly RuleCount[] }) {
  return (
    <table className="plain">
      <thead>
        <tr>
          <th scope="col">rule</th>
          <th scope="col" className="right">
            proved
          </th>
          <th scope="col" className="right">
            overlap
          </th>
          <th scope="col" className="right">
            cannot tell
          </th>
          <th scope="col" className="right" title="reads to be made again: no fault of anyone">
            stale
          </th>
        </tr>
      </thead>
      <tbody>
        {rules.map((rule) => (
          <tr key={rule.rule}>
            <td className="mono">{rule.rule}</td>
            <Count value={rule.stale === undefined ? rule.proved : null} tone="early" />
            <Count value={rule.stale === undefined ? rule.overlap : null} tone="warn" />
            <Count value={rule.stale === undefined ? rule.cannotTell : null} tone="" />
            <Count value={rule.stale ?? null} tone="" />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Nothing where the column does not go with the rule. */
function Count({ value, tone }: { value: number | null; tone: string }) {
  if (value === null) return <td />;
  if (value === 0) return <td className="right dim">0</td>;
  return (
    <td className="right">
      <b className={tone ? `ink-${tone}` : ''}>{formatCount(value)}</b>
    </td>
  );
}
