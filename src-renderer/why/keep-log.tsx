// Keeps a counterfactual night as a log like any other, then leads to it: the timeline at the same cursor.

import { useStore } from 'zustand';
import type { LogView } from '../../shared/api/views.ts';
import type { ReplayChange } from '../../shared/api/views-why.ts';
import { useApp } from '../state/use-app.ts';

export interface KeepLogProps {
  readonly log: LogView;
  readonly taskRun: number;
  readonly change: ReplayChange;
  /** Of the row: `source on time`. */
  readonly name: string;
}

const NAME_MAX = 90;

/** `night-2025-12-24, source on time` as a log's name: words and dashes. */
const logName = (log: string, name: string): string =>
  `${log}-${name.replace(/[^\p{L}\p{N}._]+/gu, '-')}`.slice(0, NAME_MAX).replace(/-+$/, '');

export function KeepLog({ log, taskRun, change, name }: KeepLogProps) {
  const { keptReplays, view } = useApp();
  const question = { log: log.name, taskRun, change };
  const kept = useStore(keptReplays.store, (all) => all[keptReplays.keyOf(question)]);
  if (kept?.status === 'kept') {
    return (
      <button
        type="button"
        className="link keep"
        title={kept.log}
        onClick={() => view.setState({ log: kept.log, screen: 'time' })}
      >
        open that log
      </button>
    );
  }
  return (
    <>
      <button
        type="button"
        className="link keep"
        disabled={kept?.status === 'keeping'}
        title="Keep this night as a log, to look at like any other"
        onClick={() => keptReplays.keep(question, logName(log.name, name))}
      >
        {kept?.status === 'keeping' ? 'keeping…' : 'keep as a log'}
      </button>
      {kept?.status === 'failed' ? <span className="ink-late"> {kept.error.message}</span> : null}
    </>
  );
}
