// What stands where the graph would: there is nothing to draw, and how to get something.

import { EmptyNotice } from '../../widgets/notice.tsx';

export function EmptyGraph() {
  return (
    <div data-testid="graph-empty">
      <EmptyNotice title="This log has no pipelines to draw">
        <p className="dim">
          A graph needs pipelines and the datasets between them. Import OpenLineage events or a reference-day folder on
          Sources, or choose another log in the top bar.
        </p>
      </EmptyNotice>
    </div>
  );
}
