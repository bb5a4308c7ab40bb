// Roughly how much memory a tree of plain data holds: buffers exactly and once, text at two bytes a character, a few
// bytes for everything else. Good enough to bound a cache; never used as a figure for people.

const NODE_BYTES = 16;

export function approximateBytes(value: unknown): number {
  const seen = new Set<object>();
  const visit = (node: unknown): number => {
    if (typeof node === 'string') return NODE_BYTES + node.length * 2;
    if (typeof node !== 'object' || node === null) return 8;
    const identity = ArrayBuffer.isView(node) ? node.buffer : node;
    if (seen.has(identity)) return 8;
    seen.add(identity);
    if (ArrayBuffer.isView(node)) return NODE_BYTES + node.byteLength;
    let bytes = NODE_BYTES;
    for (const child of Object.values(node)) bytes += visit(child);
    return bytes;
  };
  return visit(value);
}
