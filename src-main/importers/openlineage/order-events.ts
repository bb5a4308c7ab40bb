// Puts events in the one order that everything after it relies on: by (event time, run id), then by type, then by
// content, so that any order of arrival gives the same state, and drops what came twice (MODEL, observations).

import { type LineageEvent, type NamedThing, RUN_EVENT_TYPES } from './lineage-event.ts';

export function orderEvents(events: readonly LineageEvent[]): LineageEvent[] {
  const sorted = events.toSorted(compareEvents);
  return sorted.filter((event, i) => i === 0 || !isSame(sorted[i - 1], event));
}

function compareEvents(a: LineageEvent, b: LineageEvent): number {
  return (
    a.timeUs - b.timeUs ||
    compareText(runIdOf(a), runIdOf(b)) ||
    rankOf(a) - rankOf(b) ||
    compareText(contentOf(a), contentOf(b))
  );
}

/** By UTF-16 unit: the same everywhere, unlike a locale's order. */
export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const runIdOf = (event: LineageEvent): string => (event.subject === 'run' ? event.run.runId : '');

const rankOf = (event: LineageEvent): number =>
  event.subject === 'run' ? RUN_EVENT_TYPES.indexOf(event.run.type) : RUN_EVENT_TYPES.length;

const isSame = (a: LineageEvent, b: LineageEvent): boolean => compareEvents(a, b) === 0;

/** Everything but the line, as text; made only where time, run and type are equal. */
function contentOf(event: LineageEvent): string {
  const { line: _line, ...content } = event;
  return JSON.stringify(content, (_, value) => (typeof value === 'number' ? String(value) : value));
}

/** In the order of their names. */
export function sortThings<T extends NamedThing>(things: Iterable<T>): T[] {
  return [...things].sort((a, b) => compareText(a.namespace, b.namespace) || compareText(a.name, b.name));
}
