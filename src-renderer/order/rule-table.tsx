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
        </tr>
      </thead>
      <tbody>
        {rules.map((rule) => (
          <tr key={rule.rule}>
            <td className="mono">{rule.rule}</td>
            <Count value={rule.proved} tone="early" />
            <Count value={rule.overlap} tone="warn" />
            <Count value={rule.cannotTell} tone="" />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Count({ value, tone }: { value: number; tone: string }) {
  if (value === 0) return <td className="right dim">0</td>;
  return (
    <td className="right">
      <b className={tone ? `ink-${tone}` : ''}>{formatCount(value)}</b>
    </td>
  );
}
