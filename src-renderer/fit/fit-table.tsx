// One target: a row a state of the same nights (history, today, grown, grown with more slots), with its share, its
// interval and what can be claimed from it.

import type { FitRow, FitStanding, FitTarget } from '../../shared/api/views-fit.ts';
import { formatCount } from '../widgets/format.ts';
import { Tag, VerdictTag } from '../widgets/tag.tsx';
import { intervalText, missesText, shareText, verdictNote } from './fit-text.ts';

export interface FitTableProps {
  readonly target: FitTarget;
  /** Row of the standings. */
  readonly index: number;
  readonly rows: readonly FitRow[];
}

export function FitTable({ target, index, rows }: FitTableProps) {
  const shown = rows.flatMap((row) => {
    const standing = row.standings[index];
    return standing ? [{ row, standing }] : [];
  });
  if (shown.length === 0) return null;
  return (
    <section className="fit-target" data-target={target.name}>
      <h2 className="as-is">
        <span className="mono">{target.name}</span>, {shareText(target.wanted, 1)} of {target.of}
      </h2>
      <table className="plain">
        <thead>
          <tr>
            <th scope="col">state</th>
            <th scope="col" className="right">
              slots
            </th>
            <th scope="col" className="right">
              met
            </th>
            <th scope="col">95 % interval</th>
            <th scope="col" className="fit-scale">
              <span className="unseen">the interval as a bar; the line is what is wanted</span>
            </th>
            <th scope="col" className="right">
              missed
            </th>
            <th scope="col">verdict</th>
            <th scope="col" className="fit-note">
              <span className="unseen">why</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ row, standing }) => (
            <Row key={`${row.kind}-${row.slots}`} row={row} standing={standing} wanted={target.wanted} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Row({ row, standing, wanted }: { row: FitRow; standing: FitStanding; wanted: number }) {
  return (
    <tr data-row={row.kind}>
      <td>{row.label}</td>
      <td className="right">
        {row.slots === null ? '' : formatCount(row.slots)} <span className="mono dim">{row.pool ?? ''}</span>
      </td>
      <td className="right" data-figure="share">
        {shareText(standing.share)}
      </td>
      <td className="dim">{intervalText(standing)}</td>
      <td className="fit-scale">
        <Scale standing={standing} wanted={wanted} />
      </td>
      <td className="right">{missesText(standing)}</td>
      <td data-figure="verdict">
        <VerdictTag verdict={standing.verdict} />{' '}
        {row.extrapolated.length > 0 ? (
          <Tag tone="warn" title={row.extrapolated.join('; ')}>
            EXTRAPOLATED
          </Tag>
        ) : null}
      </td>
      <td className="fit-note dim">{verdictNote(row, standing)}</td>
    </tr>
  );
}

/** Shares near one differ by little: the scale shows misses, from none at the right to ten times what is allowed. */
const DECADES = 10;

function Scale({ standing, wanted }: { standing: FitStanding; wanted: number }) {
  if (!Number.isFinite(standing.low)) return null;
  const widest = Math.max(1e-9, DECADES * (1 - wanted));
  const at = (share: number): number => 100 - Math.min(100, (100 * (1 - share)) / widest);
  return (
    <span className="fit-bar" aria-hidden="true">
      <i className="fit-range" style={{ left: `${at(standing.low)}%`, right: `${100 - at(standing.high)}%` }} />
      <i className="fit-point" style={{ left: `${at(standing.share)}%` }} />
      <i className="fit-wanted" style={{ left: `${at(wanted)}%` }} />
    </span>
  );
}
