// Limits on everything that comes from outside, in one place (SAFETY: files are hostile).

export const LIMITS = {
  jsonDocumentBytes: 256 * 1024 * 1024,
  eventBytes: 10 * 1024 * 1024,
  jsonDepth: 64,
  stringBytes: 1024 * 1024,
  /** Compressed input may grow at most this much: a larger ratio is a bomb. */
  expansionRatio: 100,
  /** One message between the workbench and its services. */
  frameBytes: 256 * 1024 * 1024,
  /** A request from the page. */
  requestBytes: 4 * 1024 * 1024,
  /** Problems kept of one import; the rest are counted. */
  problems: 1_000,
} as const;
