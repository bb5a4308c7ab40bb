// What a test and its store-child agree on.

export type ChildVerb = 'create' | 'hold' | 'race' | 'locks' | 'import' | 'remove' | 'duckdb';

/** Enough rows that a kill at a random moment hits every part of an import. */
export const CHILD_HEARTBEATS = 20_000;
