// Where the page lives in the window: a scheme of its own, never file://. Everything that a web page could be tricked
// into is judged here: what is the page, what may open outside.

export const APP_SCHEME = 'app';
const APP_HOST = 'landfall';
export const PAGE_URL = `${APP_SCHEME}://${APP_HOST}/`;

/** Documentation that the page links to; everything else stays closed. */
const EXTERNAL_HOSTS: ReadonlySet<string> = new Set([
  'airflow.apache.org',
  'docs.getdbt.com',
  'duckdb.org',
  'github.com',
  'openlineage.io',
  'www.electronjs.org',
]);

const parse = (url: string): URL | null => (URL.canParse(url) ? new URL(url) : null);

/** Whether an address is the page itself, at any of its places. */
export function isPageUrl(url: string): boolean {
  const parsed = parse(url);
  return (
    parsed?.protocol === `${APP_SCHEME}:` &&
    parsed.host === APP_HOST &&
    parsed.username === '' &&
    parsed.password === ''
  );
}

/** Whether an address may be given to the system's browser: https, a known host, its usual port, no credentials. */
export function isAllowedOutside(url: string): boolean {
  const parsed = parse(url);
  if (parsed?.protocol !== 'https:' || parsed.port !== '' || parsed.username !== '' || parsed.password !== '')
    return false;
  return EXTERNAL_HOSTS.has(parsed.hostname);
}

/** A frame as IPC sees its sender; null when the frame is gone by now. */
export type Sender = { readonly url: string; readonly parent: object | null } | null;

/** Only the page's own top frame may ask for anything. */
export const isPageFrame = (sender: Sender): boolean =>
  sender !== null && sender.parent === null && isPageUrl(sender.url);
