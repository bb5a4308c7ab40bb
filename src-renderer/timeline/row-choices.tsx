// Which rows are shown, in which order and how tall.

import { formatPlural } from '../widgets/format.ts';
import { ROW_FILTERS, type RowFilter } from './row-filter.ts';
import { ROW_ORDERS, type RowOrder } from './row-list.ts';
import { ROW_HEIGHTS, type RowHeight } from './timeline-store.ts';

export interface RowChoicesProps {
  readonly order: RowOrder;
  readonly filter: RowFilter;
  readonly rowHeight: RowHeight;
  readonly hasSelection: boolean;
  readonly rowCount: number;
  readonly onOrder: (order: RowOrder) => void;
  readonly onFilter: (filter: RowFilter) => void;
  readonly onRowHeight: (height: RowHeight) => void;
}

const ORDER_TEXT: Readonly<Record<RowOrder, string>> = {
  start: 'by start',
  name: 'by name',
  wait: 'longest wait first',
};
const FILTER_TEXT: Readonly<Record<RowFilter, string>> = {
  all: 'all pipelines',
  selected: 'selected only',
  upstream: 'selected and upstream',
  downstream: 'selected and downstream',
  both: 'up- and downstream',
};
const HEIGHT_TEXT: Readonly<Record<RowHeight, string>> = {
  comfortable: 'comfortable',
  compact: 'compact',
  dense: 'dense',
  all: 'fit all',
};

export function RowChoices(props: RowChoicesProps) {
  const { order, filter, rowHeight, hasSelection, rowCount, onOrder, onFilter, onRowHeight } = props;
  return (
    <span className="row-choices">
      <select aria-label="Rows" value={filter} onChange={(e) => onFilter(e.target.value as RowFilter)}>
        {ROW_FILTERS.map((each) => (
          <option key={each} value={each} disabled={each !== 'all' && !hasSelection}>
            {FILTER_TEXT[each]}
          </option>
        ))}
      </select>{' '}
      <select aria-label="Order of rows" value={order} onChange={(e) => onOrder(e.target.value as RowOrder)}>
        {ROW_ORDERS.map((each) => (
          <option key={each} value={each}>
            {ORDER_TEXT[each]}
          </option>
        ))}
      </select>{' '}
      <select aria-label="Height of rows" value={rowHeight} onChange={(e) => onRowHeight(e.target.value as RowHeight)}>
        {(Object.keys(ROW_HEIGHTS) as RowHeight[]).map((each) => (
          <option key={each} value={each}>
            {HEIGHT_TEXT[each]}
          </option>
        ))}
      </select>{' '}
      <span className="dim">{formatPlural(rowCount, 'row')}</span>
    </span>
  );
}
