// Deadlines as rows: due, landed, by how much, verdict. The order is the analysis's: worst first.

import type { DeadlineRow } from '../../shared/analysis/attainment.ts';
import { formatDuration } from '../../shared/base/time.ts';
import { type Column, DataTable } from '../widgets/data-table.tsx';
import { Name } from '../widgets/name.tsx';
import { VerdictTag } from '../widgets/tag.tsx';
import type { ZonedTime } from '../widgets/zoned-time.ts';

export interface DeadlineTableProps {
  readonly rows: readonly DeadlineRow[];
  readonly time: ZonedTime;
  readonly onOpen: (row: DeadlineRow) => void;
  readonly rowsMax?: number;
}

export function DeadlineTable({ rows, time, onOpen, rowsMax = 12 }: DeadlineTableProps) {
  if (rows.length === 0) return null;
  return (
    <DataTable
      label="Deadlines"
      columns={columnsFor(time, onOpen)}
      rows={rows}
      rowKey={(row) => row.taskRun}
      rowsMax={rowsMax}
    />
  );
}

function columnsFor(time: ZonedTime, onOpen: (row: DeadlineRow) => void): Column<DeadlineRow>[] {
  return [
    {
      id: 'label',
      title: 'deliverable',
      render: (row) => <Name text={row.label} onOpen={() => onOpen(row)} />,
    },
    { id: 'owner', title: 'owner', width: '16%', render: (row) => <span className="dim">{row.owner || '–'}</span> },
    { id: 'due', title: 'deadline', width: '84px', align: 'right', render: (row) => time.clock(row.dueUs) },
    {
      id: 'landed',
      title: 'landed',
      width: '84px',
      align: 'right',
      render: (row) => <span className={toneOf(row)}>{landedText(row, time)}</span>,
    },
    {
      id: 'late',
      title: 'margin',
      width: '124px',
      align: 'right',
      render: (row) => <span className={toneOf(row)}>{marginText(row)}</span>,
    },
    { id: 'verdict', title: 'verdict', width: '84px', render: (row) => <VerdictTag verdict={row.verdict} /> },
  ];
}

const toneOf = (row: DeadlineRow): string => (row.verdict === 'missed' ? 'ink-late' : '');

function landedText(row: DeadlineRow, time: ZonedTime): string {
  if (Number.isFinite(row.landedUs)) return time.clock(row.landedUs);
  return row.verdict === 'missed' ? 'never' : 'unknown';
}

/** How much room there was; negative is late. */
function marginText({ lateMs }: DeadlineRow): string {
  if (!Number.isFinite(lateMs)) return '–';
  return lateMs > 0 ? `${formatDuration(lateMs)} late` : formatDuration(-lateMs);
}
