// The task runs of a pipeline as a narrow table: how long each waited, when it ran and how long, attempt by attempt.

import { formatDuration, msBetween } from '../../shared/base/time.ts';
import { OUTCOME_NAMES, Outcome } from '../../shared/model/event.ts';
import { type Column, DataTable } from '../widgets/data-table.tsx';
import { EvidenceMark } from '../widgets/evidence.tsx';
import { Name } from '../widgets/name.tsx';
import { Tag } from '../widgets/tag.tsx';
import type { ZonedTime } from '../widgets/zoned-time.ts';
import { isFirstRow, type RunRow } from './run-rows.ts';

export interface RunTableProps {
  readonly rows: readonly RunRow[];
  readonly time: ZonedTime;
  readonly chosen: string | null;
  readonly onChoose: (key: string | null) => void;
}

export function RunTable({ rows, time, chosen, onChoose }: RunTableProps) {
  const hasKeys = new Set(rows.map((row) => row.logicalKey)).size > 1;
  const columns: Column<RunRow>[] = [
    {
      id: 'task',
      title: 'task',
      render: (row) => (
        <Name text={nameOf(row, hasKeys)} onOpen={() => onChoose(row.key === chosen ? null : row.key)} />
      ),
    },
    { id: 'wait', title: 'waited', width: '80px', align: 'right', render: (row) => <Wait row={row} /> },
    { id: 'start', title: 'started', width: '60px', align: 'right', render: (row) => <Start row={row} time={time} /> },
    { id: 'ran', title: 'ran', width: '86px', align: 'right', render: (row) => <Ran row={row} /> },
  ];
  return (
    <DataTable
      label="Task runs"
      columns={columns}
      rows={rows}
      rowKey={(row) => row.key}
      rowsMax={rows.length}
      rowHeight={26}
      isChosen={(row) => row.key === chosen}
    />
  );
}

function nameOf(row: RunRow, hasKeys: boolean): string {
  if (!isFirstRow(row)) return `↳ ${row.attempt?.label}`;
  return hasKeys && row.logicalKey ? `${row.task.name} ${row.logicalKey}` : row.task.name;
}

function Wait({ row }: { row: RunRow }) {
  if (!isFirstRow(row)) return null;
  if (row.taskRun < 0) return <span className="dim">–</span>;
  return Number.isFinite(row.waitMs) ? formatDuration(row.waitMs) : <EvidenceMark evidence={2} />;
}

function Start({ row, time }: { row: RunRow; time: ZonedTime }) {
  if (row.taskRun < 0) return <span className="dim">not run</span>;
  return <span title={time.full(row.startedUs)}>{time.clock(row.startedUs)}</span>;
}

function Ran({ row }: { row: RunRow }) {
  if (row.taskRun < 0) return null;
  const isGood = row.outcome === Outcome.success || row.outcome === Outcome.unknown;
  if (!isGood) return <Tag tone="late">{OUTCOME_NAMES[row.outcome]}</Tag>;
  return formatDuration(msBetween(row.startedUs, row.endedUs));
}
