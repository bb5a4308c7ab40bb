// How long to wait before the next try to connect: doubling from a quarter second to ten seconds. No jitter: there is
// one page a server.

const FIRST_MS = 250;
const LAST_MS = 10_000;

/** Waiting time before the `attempt`-th retry, from 1. */
export const backOffMs = (attempt: number): number => Math.min(LAST_MS, FIRST_MS * 2 ** Math.min(attempt - 1, 10));
