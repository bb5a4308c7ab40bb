// Waiting for what happens on its own: until `check` throws no more. As long as only what hangs takes, because other work
// on the machine must not fail a test (vi.waitFor gives up after one second).

import { vi } from 'vitest';

const HANGS_MS = 120_000;

/** Gives what `check` gives once it does not throw; rejects with its last error. */
export const waitFor = <T>(check: () => T | Promise<T>): Promise<T> => vi.waitFor(check, { timeout: HANGS_MS });
