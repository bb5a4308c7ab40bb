// Whether two answers of the services say the same: plain data with typed arrays as columns. What says the same is kept
// as the same object, so that a screen does not lay out anew what did not change.

export function sameAnswer(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (ArrayBuffer.isView(a) || ArrayBuffer.isView(b)) return sameColumn(a, b);
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every(
    (key) => key in b && sameAnswer((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]),
  );
}

function sameColumn(a: object, b: object): boolean {
  if (!(ArrayBuffer.isView(a) && ArrayBuffer.isView(b)) || a.constructor !== b.constructor) return false;
  const left = a as unknown as ArrayLike<number>;
  const right = b as unknown as ArrayLike<number>;
  if (left.length !== right.length) return false;
  for (let i = 0; i < left.length; i++) if (!Object.is(left[i], right[i])) return false;
  return true;
}
