// Runs screenshot.ts, which is no test: it makes the pictures of the README from the real app.

import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: new URL('../..', import.meta.url).pathname,
  test: { include: ['test/e2e/screenshot.ts'], testTimeout: 600_000 },
});
