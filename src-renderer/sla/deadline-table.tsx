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
  /** Where the landing leads; without it, it is text. */
  readonly onLanding?: (row: DeadlineRow) => void;
  /** When it usually lands, in µs; without it there is no such column. */
  readonly usualUs?: (row: DeadlineRow) => number;
  readonly rowsMax?: number;
}

export function DeadlineTable(props: DeadlineTableProps) {
  const { rows, rowsMax = 12 } = props;
  if (rows.length === 0) return null;
  return (
    <DataTable
      label="Deadlines"
      columns={columnsFor(props)}
      rows={rows}
      rowKey={(row) => row.taskRun}
      rowsMax={rowsMax}
    />
  );
}

function columnsFor({ time, onOpen, onLanding, usualUs }: DeadlineTableProps): Column<DeadlineRow>[] {
  const usual: Column<DeadlineRow>[] = usualUs
    ? [
        {
          id: 'usual',
          title: 'usual',
          width: '76px',
          align: 'right',
          render: (row) => <span className="dim">{usualText(usualUs(row), time)}</span>,
        },
      ]
    : [];
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
      render: (row) => <Landing row={row} time={time} {...(onLanding ? { onLanding } : {})} />,
    },
    ...usual,
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

const usualText = (us: number, time: ZonedTime): string => (Number.isFinite(us) ? time.clock(us) : '–');

function Landing({ row, time, onLanding }: Pick<DeadlineTableProps, 'time' | 'onLanding'> & { row: DeadlineRow }) {
  const text = landedText(row, time);
  if (!onLanding || !Number.isFinite(row.landedUs)) return <span className={toneOf(row)}>{text}</span>;
  return (
    <button type="button" className={`link ${toneOf(row)}`} onClick={() => onLanding(row)}>
      {text}
    </button>
  );
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
