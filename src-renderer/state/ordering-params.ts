// How the screens ask for finalize ordering unless a person chose otherwise: one question, so that its answer is
// shared. The counts are of all findings; only the list has a limit.

export const ORDERING_PARAMS = { limit: 500, toleranceMs: 0 } as const;
