// The files of the built page, listed once: a request can name one of these and nothing else, so no path that comes from
// outside ever reaches the file system. Links are not followed.

import { readdirSync } from 'node:fs';
import { join, sep } from 'node:path';
import { pageFileOf } from '../../shared/api/page/page-file.ts';
import { ServiceError } from '../../shared/api/errors.ts';

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

function listFiles(dir: string): string[] {
  try {
    const entries = readdirSync(dir, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) =>
        join(entry.parentPath, entry.name)
          .slice(dir.length + 1)
          .split(sep)
          .join('/'),
      );
  } catch {
    return [];
  }
}
