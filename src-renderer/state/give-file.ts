// Hands bytes to the user as a file, the way browsers and Electron know: a link that downloads.

/** Chromium reads the bytes after the click. */
const KEPT_MS = 60_000;

export function giveFile(page: Window, name: string, parts: readonly Uint8Array[], mediaType: string): void {
  const url = URL.createObjectURL(new Blob([...parts] as Uint8Array<ArrayBuffer>[], { type: mediaType }));
  const link = page.document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  page.setTimeout(() => URL.revokeObjectURL(url), KEPT_MS);
}
