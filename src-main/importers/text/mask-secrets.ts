// Takes credentials out of text that is kept from foreign files (error messages, URLs in names): passwords in URLs and
// `password=…` pairs become ***. It knows common spellings only: what has no telling name beside it stays.

const URL_PASSWORD = /(:\/\/[^\s/:@]{1,200}:)[^\s/@]{1,200}@/g;
const NAMED_SECRET =
  /\b([a-z_-]{0,40}(?:password|passwd|pwd|secret|token|api[_-]?key|access[_-]?key)[a-z_-]{0,40}["']?\s{0,3}[=:]\s{0,3})(?:"[^"]*"|'[^']*'|[^\s,;&"'}]+)/gi;

/** Text for people. */
export const maskSecrets = (text: string): string =>
  text.replace(URL_PASSWORD, '$1***@').replace(NAMED_SECRET, '$1***');

/** A name that may be a URL: only its password goes, so that the name stays the same thing. */
export const maskUrlPassword = (name: string): string =>
  name.includes('@') ? name.replace(URL_PASSWORD, '$1***@') : name;
