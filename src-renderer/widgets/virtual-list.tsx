// A list of any length whose items have their own heights: only those in sight are mounted.

import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';

export interface VirtualListProps {
  readonly label: string;
  readonly count: number;
  /** Height of an item before it is measured. */
  readonly estimatePx: number;
  readonly className?: string;
  render(index: number): React.ReactNode;
}

export function VirtualList({ label, count, estimatePx, className = '', render }: VirtualListProps) {
  const scroller = useRef<HTMLUListElement>(null);
  // oxlint-disable-next-line react/incompatible-library -- a warning for the React compiler, which is not used
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => estimatePx,
    overscan: 4,
  });
  return (
    // A list that scrolls must be reachable by keyboard.
    <ul className={`virtual-list ${className}`} ref={scroller} tabIndex={0} aria-label={label}>
      <li aria-hidden="true" style={{ height: virtualizer.getTotalSize() }} />
      {virtualizer.getVirtualItems().map((item) => (
        <li
          key={item.key}
          ref={virtualizer.measureElement}
          data-index={item.index}
          aria-setsize={count}
          aria-posinset={item.index + 1}
          style={{ transform: `translateY(${item.start}px)` }}
        >
          {render(item.index)}
        </li>
      ))}
    </ul>
  );
}
