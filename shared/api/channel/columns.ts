// The typed arrays that travel as they are, and their short names in a frame. Bytes are in the machine's own order:
// both ends of a channel are on one machine.

const KINDS = {
  i8: Int8Array,
  u8: Uint8Array,
  c8: Uint8ClampedArray,
  i16: Int16Array,
  u16: Uint16Array,
  i32: Int32Array,
  u32: Uint32Array,
  f32: Float32Array,
  f64: Float64Array,
  i64: BigInt64Array,
  u64: BigUint64Array,
} as const;

export type ColumnKind = keyof typeof KINDS;
export type Column = InstanceType<(typeof KINDS)[ColumnKind]>;

const kindOfName = new Map(Object.entries(KINDS).map(([kind, { name }]) => [name, kind as ColumnKind]));

/** The kind of a typed array, also of a subclass such as Node's Buffer; undefined for a DataView. */
export const columnKind = (view: ArrayBufferView): ColumnKind | undefined =>
  kindOfName.get((view as Column)[Symbol.toStringTag]);

/** Bytes of one value, or undefined for a text that names no kind. */
export const bytesPerValue = (kind: string): number | undefined =>
  Object.hasOwn(KINDS, kind) ? KINDS[kind as ColumnKind].BYTES_PER_ELEMENT : undefined;

/** A view, without copying; `offset` must be a multiple of the kind's size. */
export const columnView = (kind: ColumnKind, buffer: ArrayBufferLike, offset: number, length: number): Column =>
  new KINDS[kind](buffer as ArrayBuffer, offset, length);
