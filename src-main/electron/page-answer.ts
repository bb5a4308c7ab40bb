// What the window gets for an address of the page: a file of the built page under the page's rules, or nothing.

import { cacheControlOf, mediaTypeOf, pageFileOf } from '../../shared/api/page/page-file.ts';
import { pageHeaders } from '../../shared/api/page/page-headers.ts';
import { isPageUrl } from './page-address.ts';

export interface PageAnswer {
  readonly status: 200 | 404 | 405;
  /** Relative to the page's folder; null unless 200. */
  readonly file: string | null;
  readonly headers: Readonly<Record<string, string>>;
}

export function pageAnswer(method: string, url: string): PageAnswer {
  const headers = pageHeaders();
  if (method !== 'GET' && method !== 'HEAD') return { status: 405, file: null, headers };
  const file = isPageUrl(url) ? pageFileOf(new URL(url).pathname) : null;
  if (file === null) return { status: 404, file: null, headers };
  const ofFile = { 'Content-Type': mediaTypeOf(file), 'Cache-Control': cacheControlOf(file) };
  return { status: 200, file, headers: { ...headers, ...ofFile } };
}
