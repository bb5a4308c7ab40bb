// What an import is doing or did: step and share while it runs, then files, new logs, and every problem as
// `file:line: reason`. What was already there is said; nothing is silently left out.

import type { ImportProgress, ImportView } from '../../shared/api/views.ts';
import { formatProblem, type Problem } from '../../shared/base/problem.ts';
import type { ImportState } from '../state/import-run.ts';
import { useApp } from '../state/use-app.ts';
import { type Column, DataTable } from '../widgets/data-table.tsx';
import { formatCount, formatPlural, formatShare } from '../widgets/format.ts';
import { Name } from '../widgets/name.tsx';
import { ErrorNotice } from '../widgets/notice.tsx';
import { Tag } from '../widgets/tag.tsx';
import { VirtualList } from '../widgets/virtual-list.tsx';

const PROBLEM_PX = 28;

export function ImportOutcome({ state }: { state: ImportState }) {
  if (state.status === 'idle') return null;
  if (state.status === 'running') return <Progress progress={state.progress} />;
  if (state.status === 'cancelled') return <p role="status">Cancelled. Nothing of it was stored.</p>;
  if (state.status === 'failed') return <ErrorNotice what="The import failed" error={state.error} />;
  return <Result result={state.result} />;
}

function Progress({ progress: { step, share } }: { progress: ImportProgress }) {
  const isKnown = Number.isFinite(share);
  return (
    <div className="import-progress">
      <progress aria-label="Import" {...(isKnown ? { value: share } : {})} />
      <span role="status">
        {step}
        {isKnown ? ` · ${formatShare(share)}` : ''}
      </span>
    </div>
  );
}

function Result({ result }: { result: ImportView }) {
  const { view } = useApp();
  const { files, logs, alreadyThere, problems, problemCount, errorCount } = result;
  return (
    <div className="import-result">
      <p role="status">
        {logs.length === 0 ? 'No new log.' : 'New: '}
        {logs.map((log, i) => (
          <span key={log.name}>
            {i > 0 ? ', ' : ''}
            <Name text={log.name} onOpen={() => view.setState({ log: log.name, screen: 'home' })} />
          </span>
        ))}
        {alreadyThere.length > 0 ? ` Already there: ${alreadyThere.join(', ')}.` : ''}
      </p>
      <FileTable files={files} />
      {problemCount > 0 ? (
        <>
          <h2>
            {formatPlural(errorCount, 'error')}, {formatPlural(problemCount - errorCount, 'warning')}
            {problems.length < problemCount ? ` · the first ${formatCount(problems.length)}` : ''}
          </h2>
          <ProblemList problems={problems} />
        </>
      ) : null}
    </div>
  );
}

function FileTable({ files }: { files: ImportView['files'] }) {
  if (files.length === 0) return null;
  const columns: Column<ImportView['files'][number]>[] = [
    { id: 'file', title: 'file', render: (file) => <Name text={file.file} title={file.file} /> },
    { id: 'format', title: 'format', width: '160px', render: (file) => file.format },
    { id: 'read', title: 'read', width: '90px', align: 'right', render: (file) => formatCount(file.read) },
    { id: 'stored', title: 'stored', width: '90px', align: 'right', render: (file) => formatCount(file.stored) },
    {
      id: 'unit',
      title: 'unit',
      isTitleHidden: true,
      width: '90px',
      render: (file) => <span className="dim">{file.unit}</span>,
    },
  ];
  return <DataTable label="Files" columns={columns} rows={files} rowKey={(file) => file.file} rowsMax={8} />;
}

/** In full: a reason that is cut off helps nobody. */
function ProblemList({ problems }: { problems: readonly Problem[] }) {
  return (
    <VirtualList
      label="Problems"
      className="problems"
      count={problems.length}
      estimatePx={PROBLEM_PX}
      render={(i) => (
        <p className="problem">
          <Tag tone={problems[i].severity === 'error' ? 'late' : 'warn'}>{problems[i].severity}</Tag>
          <span className="mono">{formatProblem(problems[i])}</span>
        </p>
      )}
    />
  );
}
