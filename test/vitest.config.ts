// One project a kind of test; `npm test` runs them all. Tests mirror the source folders.

import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

const mirrored = 'test/{shared,simulations,src-main,src-renderer,layers}';

export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    // One more than there are cores: much here waits for processes, pages and disks.
    maxWorkers: availableParallelism() + 1,
    // Only what hangs takes as long: other work on the machine must not fail a test.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 120_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: [`${mirrored}/**/*.test.{ts,tsx}`],
          exclude: ['**/*.property.test.ts'],
          // Nothing here keeps state in a module, and a process a file would cost more than the tests.
          isolate: false,
          // Node 20 can abort the process when a thread is ended while V8 compiles for it in the background (an assertion
          // in GetForegroundTaskRunner); here threads are ended in the middle of plays all the time.
          execArgv: ['--no-concurrent-recompilation'],
        },
      },
      {
        extends: true,
        test: { name: 'property', include: [`${mirrored}/**/*.property.test.ts`], isolate: false },
      },
      { extends: true, test: { name: 'corpora', include: ['test/corpora/**/*.test.ts'] } },
      { extends: true, test: { name: 'fault', include: ['test/fault/**/*.test.ts'] } },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['test/e2e/**/*.test.ts'],
          globalSetup: 'test/e2e/samples.ts',
        },
      },
    ],
  },
});
