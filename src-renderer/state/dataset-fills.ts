// How far the partitions that are open at the cursor have come, by dataset: what makes a dataset fill up in the graph
// while the night is played. A share of the time that it is open, for rows are seldom told while they are written; 1 once
// it is whole; nothing before it is opened.

import { useMemo } from 'react';
import type { Writes } from '../../shared/analysis/moments.ts';
import type { LogView } from '../../shared/api/views.ts';
import { useResource } from './use-app.ts';
import { useCursorUs } from './use-cursor-us.ts';

/** By row of the log's datasets; a share, or NaN for one that was opened and never whole. */
export type DatasetFills = ReadonlyMap<number, number>;

const NOTHING: DatasetFills = new Map();
const NO_SPAN = { fromUs: 0, toUs: 0 };
/** Finer steps would not be seen. */
const STEPS = 100;

/** The partition opened last counts. */
export function fillsAt(
  { dataset, openedUs, wholeUs }: Pick<Writes, 'dataset' | 'openedUs' | 'wholeUs'>,
  us: number,
): DatasetFills {
  const fills = new Map<number, number>();
  for (let i = 0; i < openedUs.length && openedUs[i] <= us; i++) {
    const share = wholeUs[i] <= us ? 1 : (us - openedUs[i]) / (wholeUs[i] - openedUs[i]);
    fills.set(dataset[i], Math.floor(share * STEPS) / STEPS);
  }
  return fills;
}

export function useDatasetFills(log: LogView): DatasetFills {
  const moments = useResource('log.moments', { log: log.name });
  const timeline = useResource('log.timeline', { log: log.name });
  const at = moments.status === 'ready' ? moments.value : null;
  const us = useCursorUs(timeline.status === 'ready' ? timeline.value : NO_SPAN);
  return useMemo(() => (at ? fillsAt(at.writes, us) : NOTHING), [at, us]);
}
