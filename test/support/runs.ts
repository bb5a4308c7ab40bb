// How many cases a costly property test draws: few in `npm test`; LANDFALL_RUNS=20 makes it twenty times as many.

const FACTOR = Number(process.env.LANDFALL_RUNS ?? 1);

/** `usual`: in `npm test`. */
export const runs = (usual: number): number => Math.max(1, Math.round(usual * FACTOR));
