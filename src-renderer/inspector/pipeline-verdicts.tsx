// What this log says about a pipeline: its deadlines, and the findings of finalize ordering that it takes part in.

import type { LogView } from '../../shared/api/views.ts';
import { formatDuration } from '../../shared/base/time.ts';
import { useOpen } from '../state/open.ts';
import { ORDERING_PARAMS } from '../state/ordering-params.ts';
import { useResource } from '../state/use-app.ts';
import { VerdictTag } from '../widgets/tag.tsx';
import type { ZonedTime } from '../widgets/zoned-time.ts';

const FINDINGS_SHOWN = 5;

export function PipelineVerdicts({ log, pipeline, time }: { log: LogView; pipeline: number; time: ZonedTime }) {
  return (
    <>
      <Deadlines log={log} pipeline={pipeline} time={time} />
      <Findings log={log} pipeline={pipeline} time={time} />
    </>
  );
}

function Deadlines({ log, pipeline, time }: { log: LogView; pipeline: number; time: ZonedTime }) {
  const sla = useResource('log.sla', { log: log.name });
  const rows = sla.status === 'ready' ? sla.value.deadlines.rows.filter((row) => row.pipeline === pipeline) : [];
  if (rows.length === 0) return null;
  return (
    <section>
      <h2>Deadline</h2>
      {rows.map((row) => (
        <p key={row.taskRun}>
          due {time.clock(row.dueUs)}, landed {time.clock(row.landedUs)}
          {Number.isFinite(row.lateMs) ? (
            <span className={row.lateMs > 0 ? 'ink-late' : 'dim'}>
              {' '}
              · {formatDuration(Math.abs(row.lateMs))} {row.lateMs > 0 ? 'late' : 'to spare'}
            </span>
          ) : null}{' '}
          <VerdictTag verdict={row.verdict} />
        </p>
      ))}
    </section>
  );
}

function Findings({ log, pipeline, time }: { log: LogView; pipeline: number; time: ZonedTime }) {
  const open = useOpen(log);
  const ordering = useResource('log.ordering', { log: log.name, ...ORDERING_PARAMS });
  const timeline = useResource('log.timeline', { log: log.name });
  if (ordering.status !== 'ready' || timeline.status !== 'ready') return null;
  const { task, taskPipeline } = timeline.value;
  const isOfPipeline = (taskRun: number): boolean => taskRun >= 0 && taskPipeline[task[taskRun]] === pipeline;
  const findings = ordering.value.findings.filter((finding) => isOfPipeline(finding.first.taskRun));
  if (findings.length === 0) return null;
  return (
    <section>
      <h2>Ordering</h2>
      {findings.slice(0, FINDINGS_SHOWN).map((finding) => (
        <div key={`${finding.rule} ${finding.first.seq} ${finding.second?.seq}`} className="inspector-finding">
          <p>
            <VerdictTag verdict={finding.grade} /> {finding.reason}
          </p>
          {[finding.first, finding.second].map((event) =>
            event ? (
              <p key={event.seq} className="event-line">
                <button
                  type="button"
                  className="mono link"
                  onClick={() => open.taskRun(event.taskRun, event.timeUs)}
                  disabled={!Number.isFinite(event.timeUs)}
                >
                  {time.clockSeconds(event.timeUs)}
                </button>{' '}
                <span className="dim">{event.kind}</span> <span className="mono">{event.subject}</span>
              </p>
            ) : null,
          )}
        </div>
      ))}
      {findings.length > FINDINGS_SHOWN ? (
        <button type="button" className="link dim" onClick={() => open.screen('order')}>
          {findings.length - FINDINGS_SHOWN} more
        </button>
      ) : null}
    </section>
  );
}
