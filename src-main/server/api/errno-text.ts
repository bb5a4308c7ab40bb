// The code of a failed call of Node's (`ERR_BUFFER_TOO_LARGE`, `ENOSPC`), or "".

export function errnoText(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : '';
}
