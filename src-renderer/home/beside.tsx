// What stands beside the verdict where the window is wide: the first early reads with their reasons, and who waits
// longest. Nothing here is not on its own screen too.

import type { OrderingReport } from '../../shared/analysis/ordering/report.ts';
import type { LogView, SlaView } from '../../shared/api/views.ts';
import { FindingList } from '../order/finding-list.tsx';
import { GroupTable } from '../sla/group-table.tsx';
import { useOpen } from '../state/open.ts';
import { Loading } from '../widgets/notice.tsx';
import { zonedTime } from '../widgets/zoned-time.ts';

export interface BesideProps {
  readonly log: LogView;
  readonly report: OrderingReport | null;
  readonly sla: SlaView | null;
}

export function Beside({ log, report, sla }: BesideProps) {
  const open = useOpen(log);
  return (
    <aside className="home-beside" aria-label="Early reads and long waits">
      <section>
        <h2>Read too early</h2>
        {report ? (
          <FindingList findings={report.findings} time={zonedTime(log.zone)} onOpen={open.taskRun} />
        ) : (
          <Loading what="early reads" lines={8} />
        )}
      </section>
      <section>
        <h2>Pipelines that wait longest</h2>
        {sla && sla.startLatency.worstPipelines.length > 0 ? (
          <GroupTable
            label="pipeline"
            groups={sla.startLatency.worstPipelines}
            rowsMax={12}
            onOpen={(group) => open.pipeline(group.id, 'time')}
          />
        ) : null}
        {sla && sla.startLatency.worstPipelines.length === 0 ? <p className="dim">None is measured.</p> : null}
      </section>
    </aside>
  );
}
