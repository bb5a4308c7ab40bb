// Serves the built page to the window under app://. The decision is page-answer's; here is only the file.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { protocol } from 'electron';
import { APP_SCHEME } from './page-address.ts';
import { pageAnswer } from './page-answer.ts';

/** Must run before the app is ready. */
export function registerScheme(): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true, codeCache: true };
  protocol.registerSchemesAsPrivileged([{ scheme: APP_SCHEME, privileges }]);
}

export function servePage(dir: string): void {
  protocol.handle(APP_SCHEME, async ({ method, url }) => {
    const { status, file, headers } = pageAnswer(method, url);
    if (file === null) return new Response(null, { status, headers });
    try {
      return new Response(await readFile(join(dir, file)), { status, headers });
    } catch {
      return new Response(null, { status: 404, headers });
    }
  });
}
