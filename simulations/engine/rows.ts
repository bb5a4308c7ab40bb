// Event rows: the one table that queue, lanes and waiting lists link through, so that nothing is allocated per event
// and a row is one half of a cache line. A row is 8 integers; its handle is its offset in the table (a multiple of
// 8), never negative. The engine owns the first three, the owner of the table the other five.
// Limit: a row is in one queue or one waiting list at a time.

export const ROW_INTS = 8;

/** Set while a row is in an event queue: when it happens. While it waits for a slot: the engine's second link. */
export const ROW_TIME = 0;
/** The engine's link. */
export const ROW_NEXT = 1;
/** Set by the owner before a row waits for a slot: since when. Earlier rows go first, then lower handles. */
export const ROW_SINCE = 2;

export const NO_ROW = -1;

/** Times are integer milliseconds from 0 to below this, 12.4 days; as an answer it means never. */
export const FOREVER_MS = 1_073_741_824;

export const rowTable = (rows: number): Int32Array => new Int32Array(rows * ROW_INTS);
