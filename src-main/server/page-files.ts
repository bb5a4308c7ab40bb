// The files of the built page, listed once: a request can name one of these and nothing else, so no path that comes from
// outside ever reaches the file system. Links are not followed.

import { type Dirent, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ServiceError } from '../../shared/api/errors.ts';
import { pageFileOf } from '../../shared/api/page/page-file.ts';

export interface PageFiles {
  /** The file on disk that an address means, with its name in the page's folder; null when there is none. */
  find(pathname: string): { readonly name: string; readonly path: string } | null;
}

export function listPageFiles(dir: string): PageFiles {
  const names = new Set(listFiles(dir));
  if (!names.has('index.html')) {
    throw new ServiceError({ code: 'not-found', message: `there is no built page in ${dir}`, hint: 'build it first' });
  }
  return {
    find(pathname) {
      const name = pageFileOf(pathname);
      return name !== null && names.has(name) ? { name, path: join(dir, name) } : null;
    },
  };
}

/** Level by level: reading a tree at once is not available inside an application archive. */
function listFiles(dir: string, below = ''): string[] {
  return readEntries(join(dir, below)).flatMap((entry) => {
    const name = below === '' ? entry.name : `${below}/${entry.name}`;
    if (entry.isDirectory()) return listFiles(dir, name);
    return entry.isFile() ? [name] : [];
  });
}

function readEntries(dir: string): Dirent[] {
  try {
    return readdirSync(dir, { withFileTypes: true });
  } catch {
    return [];
  }
}
