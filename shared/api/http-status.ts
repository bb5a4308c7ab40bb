// Which HTTP status an error has: the one table, so that every route answers a code alike. 409 is a command that came too
// late or from the wrong writer, 422 one whose content is refused, 503 a store that may take it later.

import type { ErrorCode } from './errors.ts';

export const HTTP_STATUS: Readonly<Record<ErrorCode, number>> = {
  'bad-request': 400,
  'not-found': 404,
  'bad-input': 400,
  'workspace-held': 409,
  'not-a-workspace': 409,
  'port-in-use': 409,
  cancelled: 499,
  closed: 503,
  'too-large': 413,
  failed: 500,
  held: 423,
  'stale-token': 409,
  'not-open': 409,
  ended: 409,
  'not-checked': 409,
  'other-payload': 409,
  'lease-over': 409,
  'lease-live': 409,
  'not-whole': 409,
  'stale-marker': 409,
  'clock-back': 422,
  'clock-ahead': 422,
  'check-failed': 422,
  'unknown-partition': 404,
  'outcome-unknown': 503,
  'intake-stopped': 503,
};
