// What a failed DuckDB call means. The client gives only text; these are the texts of DuckDB 1.5, and a test provokes
// each. What is not recognised here is neither: it is reported as it is.

const HELD_ELSEWHERE = /could not set lock on file|conflicting lock|used by another process|file is already open/i;
const NOT_THE_FILES_FAULT = /permission denied|no space left|disk quota|too many open files|read-only file system/i;
const DAMAGE =
  /corrupt|checksum|not a valid duckdb|database has been invalidated|serialization error|metadatareader|internal error|fatal error|could not read enough bytes/i;

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Another program has the file open. */
export const isHeldElsewhere = (error: unknown): boolean => HELD_ELSEWHERE.test(textOf(error));

/** The system refused, whatever the file holds: setting the file aside would not help. */
export const isRefusedBySystem = (error: unknown): boolean =>
  isHeldElsewhere(error) || NOT_THE_FILES_FAULT.test(textOf(error));

/** A query failed because of what the file holds, or left the instance unusable. */
export const isDamage = (error: unknown): boolean => !isRefusedBySystem(error) && DAMAGE.test(textOf(error));
