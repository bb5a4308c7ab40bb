// Takes credentials out of text that is kept from foreign files (error messages, URLs in names): passwords in URLs and
// `password=…` pairs become ***. It knows common spellings only: what has no telling name beside it stays.

const URL_PASSWORD = /(:\/\/[^\s/:@]{1,200}:)[^\s/@]{1,200}@/g;
const SECRET_WORD = 'password|passwd|pwd|secret|token|api[_-]?key|access[_-]?key';
const NAMED_SECRET = new RegExp(
  `\\b([a-z_-]{0,40}(?:${SECRET_WORD})[a-z_-]{0,40}["']?\\s{0,3}[=:]\\s{0,3})(?:"[^"]*"|'[^']*'|[^\\s,;&"'}]+)`,
  'gi',
);
const TELLING_WORD = new RegExp(`${SECRET_WORD}|credential|private[_-]?key|authorization`, 'i');
const TELLING_TEXT = new RegExp(`${TELLING_WORD.source}|://[^\\s/:@"]{1,200}:[^\\s/@"]{1,200}@`, 'i');

/** Text for people. */
export const maskSecrets = (text: string): string =>
  text.replace(URL_PASSWORD, '$1***@').replace(NAMED_SECRET, '$1***');

/** A name that may be a URL: only its password goes, so that the name stays the same thing. */
export const maskUrlPassword = (name: string): string =>
  name.includes('@') ? name.replace(URL_PASSWORD, '$1***@') : name;

/** Whether what stands under this name is a secret, whatever it looks like. */
export const isSecretName = (name: string): boolean => TELLING_WORD.test(name);

/** Whether a text could hold anything that the masks above know. Cheap, and never false where they would act. */
export const hasSecretWord = (text: string): boolean => TELLING_TEXT.test(text);
