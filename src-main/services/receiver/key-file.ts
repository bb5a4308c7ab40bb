// The receiver's bearer key: made on first use, kept in a file that only its owner may read. It is not the workbench's
// token: a client that sends events gets this one and no more. A file that others can read is refused, not repaired:
// whoever could read it may have.

import { hash, randomBytes, timingSafeEqual } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { ServiceError } from '../../../shared/api/errors.ts';
import { errnoOf, writeDurably } from '../../store/files.ts';

const KEY_BYTES = 32;
/** What fits in a header, and is no accident. */
const KEY = /^[\x21-\x7e]{16,512}$/;

export interface ReceiverKey {
  readonly file: string;
  /** In constant time. */
  isKey(text: string): boolean;
}

/** Rejects `bad-input` when the file holds no key or others may read it. */
export async function receiverKey(file: string): Promise<ReceiverKey> {
  const key = (await readKey(file)) ?? (await makeKey(file));
  const expected = digest(key);
  return { file, isKey: (text) => timingSafeEqual(digest(text), expected) };
}

async function readKey(file: string): Promise<string | null> {
  try {
    const { mode } = await stat(file);
    if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
      throw refused(file, `others may read it (mode ${(mode & 0o777).toString(8)})`, `chmod 600 ${file}`);
    }
    const text = (await readFile(file, 'utf8')).trim();
    if (!KEY.test(text)) throw refused(file, 'it holds no key of 16 characters or more on one line', 'remove it');
    return text;
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return null;
    if (error instanceof ServiceError) throw error;
    throw refused(file, error instanceof Error ? error.message : String(error), 'name another file');
  }
}

async function makeKey(file: string): Promise<string> {
  const key = randomBytes(KEY_BYTES).toString('hex');
  try {
    await writeDurably(file, `${key}\n`, { mode: 0o600 });
  } catch (error) {
    throw refused(file, error instanceof Error ? error.message : String(error), 'name another file');
  }
  return key;
}

/** Hashing first makes the lengths equal, so the time tells nothing of either. */
const digest = (text: string): Buffer => hash('sha256', text, 'buffer');

const refused = (file: string, why: string, hint: string): ServiceError =>
  new ServiceError({ code: 'bad-input', message: `the key file ${file} cannot be used: ${why}`, place: file, hint });
