// JSON for scripts: one line. Columns become arrays, and what is unknown (NaN, an infinity) becomes null.

export const jsonLine = (value: unknown): string => `${JSON.stringify(value, replace)}\n`;

function replace(_key: string, value: unknown): unknown {
  return ArrayBuffer.isView(value) ? Array.from(value as unknown as ArrayLike<number>) : value;
}
