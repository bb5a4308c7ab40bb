// Moves the columns of plain data into shared memory, so that threads that get it by message own one copy together:
// a structured clone of such a tree copies its objects and shares its numbers. Whoever gets it must not write to it.
// Limits: plain objects, arrays and typed arrays. Lists are not searched: what is long is a column.

/** Shorter ones cost more to share than to copy. */
const SHARED_BYTES_MIN = 4_096;

/** The same data with every long typed array over a SharedArrayBuffer. */
export function shareColumns<T extends object>(data: T): T {
  const shared = Object.entries(data).map(([key, value]) => [key, shareValue(value)]);
  return Object.fromEntries(shared) as T;
}

function shareValue(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return ArrayBuffer.isView(value) ? sharedColumn(value) : shareColumns(value);
}

type Column = Int32Array | Float64Array | Uint8Array | Uint16Array | Uint32Array;

function sharedColumn(view: ArrayBufferView): ArrayBufferView {
  const column = view as Column;
  if (column.byteLength < SHARED_BYTES_MIN || column.buffer instanceof SharedArrayBuffer) return column;
  const Kind = column.constructor as new (buffer: SharedArrayBuffer) => Column;
  const shared = new Kind(new SharedArrayBuffer(column.byteLength));
  shared.set(column);
  return shared;
}
