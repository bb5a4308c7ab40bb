// workspace.json: what makes a folder a workspace. Written once, last of all, when a workspace is created.
// A folder without it is never changed.

import { randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ServiceError } from '../../shared/api/errors.ts';
import { errnoOf, writeDurably } from './files.ts';
import { parseObject } from './lock/record.ts';

const FILE = 'workspace.json';
const KIND = 'landfall-workspace';
/** The layout of the folder. A newer one is refused, never guessed at. */
const FORMAT = 1;
/** What a creation that died may leave, and what file managers put everywhere: a folder of these counts as empty. */
const NEGLIGIBLE = /^(LOCK(\..*)?|workspace\.json\..*\.tmp|\.DS_Store|Thumbs\.db|desktop\.ini)$/;

export interface WorkspaceIdentity {
  readonly id: string;
  readonly name: string;
}

/** Throws `not-a-workspace` for any other folder, saying what to do. */
export async function readIdentity(dir: string): Promise<WorkspaceIdentity> {
  const fields = parseObject(await readOrRefuse(dir));
  if (fields?.kind !== KIND || typeof fields.id !== 'string' || typeof fields.name !== 'string') {
    throw notAWorkspace(dir, `${FILE} in it is damaged or not Landfall's`);
  }
  if (typeof fields.format !== 'number' || fields.format > FORMAT) {
    throw notAWorkspace(
      dir,
      `it was made by a newer Landfall (format ${String(fields.format)}, this one reads ${FORMAT})`,
    );
  }
  return { id: fields.id, name: fields.name };
}

export async function writeIdentity(dir: string, name: string): Promise<WorkspaceIdentity> {
  const identity = { id: randomUUID(), name };
  await writeDurably(join(dir, FILE), `${JSON.stringify({ kind: KIND, format: FORMAT, ...identity }, null, 2)}\n`);
  return identity;
}

/** Throws unless a workspace may be made in the folder: it is absent or holds nothing of anyone's. */
export async function refuseForeignFolder(dir: string): Promise<void> {
  const names = await namesIn(dir);
  if (names.includes(FILE)) {
    throw new ServiceError({
      code: 'bad-input',
      message: `${dir} is a workspace already`,
      place: dir,
      hint: 'open it, or choose another folder',
    });
  }
  const foreign = names.find((name) => !NEGLIGIBLE.test(name));
  if (foreign === undefined) return;
  throw new ServiceError({
    code: 'bad-input',
    message: `${dir} is not empty (it holds ${foreign}) and is not a workspace`,
    place: dir,
    hint: 'choose a new or an empty folder',
  });
}

async function namesIn(dir: string): Promise<string[]> {
  try {
    return await readdir(dir);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return [];
    if (errnoOf(error) !== 'ENOTDIR') throw error;
    throw new ServiceError({ code: 'bad-input', message: `${dir} is a file`, place: dir, hint: 'choose a folder' });
  }
}

async function readOrRefuse(dir: string): Promise<string> {
  try {
    return await readFile(join(dir, FILE), 'utf8');
  } catch (error) {
    const there = await namesIn(dir).catch(() => null);
    if (errnoOf(error) !== 'ENOENT' && errnoOf(error) !== 'ENOTDIR') throw error;
    throw notAWorkspace(
      dir,
      there === null ? 'it is a file' : there.length === 0 ? 'it is empty or not there' : `it has no ${FILE}`,
    );
  }
}

function notAWorkspace(dir: string, why: string): ServiceError {
  return new ServiceError({
    code: 'not-a-workspace',
    message: `${dir} is not a Landfall workspace: ${why}`,
    place: dir,
    hint: 'name the folder of a workspace, or a new or empty folder to make one in',
  });
}
