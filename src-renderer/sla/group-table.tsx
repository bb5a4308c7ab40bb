// Start latency by group (pipelines, worst first, or pools). A row leads to where its slowest task run stands.

import type { LatencyGroup } from '../../shared/analysis/start-latency.ts';
import { formatDuration } from '../../shared/base/time.ts';
import { type Column, DataTable } from '../widgets/data-table.tsx';
import { formatCount } from '../widgets/format.ts';
import { Name } from '../widgets/name.tsx';

export interface GroupTableProps {
  readonly label: string;
  readonly groups: readonly LatencyGroup[];
  readonly rowsMax: number;
  readonly onOpen: (group: LatencyGroup) => void;
  readonly isChosen?: (group: LatencyGroup) => boolean;
}

export function GroupTable({ label, groups, rowsMax, onOpen, isChosen }: GroupTableProps) {
  const columns: Column<LatencyGroup>[] = [
    { id: 'name', title: label, render: (group) => <Name text={group.name} onOpen={() => onOpen(group)} /> },
    count('measured', (group) => group.measuredCount),
    duration('p50', (group) => group.p50Ms),
    duration('p99', (group) => group.p99Ms),
    duration('slowest', (group) => group.maxMs),
  ];
  return (
    <DataTable
      label={label}
      columns={columns}
      rows={groups}
      rowKey={(group) => group.id}
      rowsMax={rowsMax}
      {...(isChosen ? { isChosen } : {})}
    />
  );
}

const count = (title: string, of: (group: LatencyGroup) => number): Column<LatencyGroup> => ({
  id: title,
  title,
  width: '78px',
  align: 'right',
  render: (group) => <span className="dim">{formatCount(of(group))}</span>,
});

const duration = (title: string, of: (group: LatencyGroup) => number): Column<LatencyGroup> => ({
  id: title,
  title,
  width: '104px',
  align: 'right',
  render: (group) => formatDuration(of(group)),
});
