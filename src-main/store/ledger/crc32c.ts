// CRC-32C (Castagnoli), as RFC 3720 appendix B.4 and iSCSI have it: reflected polynomial 0x82f63b78. It finds every
// error burst up to 32 bits; it is no protection against intent. Slicing by 8, for about a byte a nanosecond.

const POLYNOMIAL = 0x82f63b78;
const SLICES = 8;
const TABLES = makeTables();

/** Entry `slice * 256 + byte`: the remainder of that byte followed by `slice` zero bytes. */
function makeTables(): Int32Array {
  const tables = new Int32Array(SLICES * 256);
  for (let byte = 0; byte < 256; byte++) {
    let remainder = byte;
    for (let bit = 0; bit < 8; bit++) remainder = (remainder >>> 1) ^ (remainder & 1 ? POLYNOMIAL : 0);
    tables[byte] = remainder;
  }
  for (let at = 256; at < tables.length; at++) {
    const before = tables[at - 256];
    tables[at] = (before >>> 8) ^ tables[before & 0xff];
  }
  return tables;
}

/**
 * The checksum of `bytes[from … to)` as an unsigned 32-bit number. `before` is the checksum of what came before it, so
 * that crc32c(b, crc32c(a)) is the checksum of a and b together.
 */
export function crc32c(bytes: Uint8Array, before = 0, from = 0, to = bytes.length): number {
  const t = TABLES;
  let crc = ~before;
  let at = from;
  for (const end = to - 7; at < end; at += 8) {
    const low = crc ^ (bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24));
    crc =
      t[1792 + (low & 0xff)] ^
      t[1536 + ((low >>> 8) & 0xff)] ^
      t[1280 + ((low >>> 16) & 0xff)] ^
      t[1024 + (low >>> 24)] ^
      t[768 + bytes[at + 4]] ^
      t[512 + bytes[at + 5]] ^
      t[256 + bytes[at + 6]] ^
      t[bytes[at + 7]];
  }
  for (; at < to; at++) crc = (crc >>> 8) ^ t[(crc ^ bytes[at]) & 0xff];
  return ~crc >>> 0;
}
