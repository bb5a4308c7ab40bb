// A file of the built page: which one an address means, its type, and how long a browser may keep it.

const TYPES: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  html: 'text/html; charset=utf-8',
  ico: 'image/x-icon',
  js: 'text/javascript; charset=utf-8',
  json: 'application/json; charset=utf-8',
  map: 'application/json; charset=utf-8',
  mjs: 'text/javascript; charset=utf-8',
  png: 'image/png',
  svg: 'image/svg+xml; charset=utf-8',
  txt: 'text/plain; charset=utf-8',
  wasm: 'application/wasm',
  webp: 'image/webp',
  woff: 'font/woff',
  woff2: 'font/woff2',
};

/** The build puts a hash of the content into these names, so what they mean never changes. */
const HASHED = /^assets\/.+-[\w-]{8}\.\w+$/;
const SEGMENT = /^[\w@+-][\w@+.-]*$/;

/**
 * The file that the path of an address means, relative to the page's folder; null when it can be none. Only plain
 * names pass: no `..`, no hidden file, no escape, no drive, on any system.
 */
export function pageFileOf(pathname: string): string | null {
  if (pathname === '/') return 'index.html';
  const segments = pathname.slice(1).split('/');
  return pathname.startsWith('/') && segments.every((segment) => SEGMENT.test(segment)) ? segments.join('/') : null;
}

/** A type for `nosniff`: what is not known is bytes. */
export function mediaTypeOf(file: string): string {
  const extension = file.slice(file.lastIndexOf('.') + 1).toLowerCase();
  return Object.hasOwn(TYPES, extension) ? (TYPES[extension] as string) : 'application/octet-stream';
}

export const cacheControlOf = (file: string): string =>
  HASHED.test(file) ? 'public, max-age=31536000, immutable' : 'no-cache';
