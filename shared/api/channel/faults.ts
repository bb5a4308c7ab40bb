// Errors on their way across. A ServiceError arrives as it was thrown; a cancelled call says so; anything else becomes
// `failed` with its first line. No stack ever crosses.

import { CancelledError } from '../../base/cancel.ts';
import { type ErrorCode, type HolderName, ServiceError, type ServiceErrorData, type TextPosition } from '../errors.ts';
import { HTTP_STATUS } from '../http-status.ts';

const MESSAGE_LIMIT = 500;

export const cancelledError = (): ServiceError =>
  new ServiceError({ code: 'cancelled', message: 'The call was cancelled.' });
export const closedError = (): ServiceError =>
  new ServiceError({ code: 'closed', message: 'The connection to the services ended.' });

/** What is sent for whatever a handler threw. */
export function errorData(thrown: unknown): ServiceErrorData {
  if (thrown instanceof ServiceError) return thrown.toData();
  if (thrown instanceof CancelledError) return cancelledError().toData();
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  const [line = ''] = text.split('\n', 1);
  return { code: 'failed', message: line.slice(0, MESSAGE_LIMIT) || 'The service failed.' };
}

/** Error data as it arrived, or null when it is none. A code of a later release reads as `failed`. */
export function readErrorData(value: unknown): ServiceErrorData | null {
  if (typeof value !== 'object' || value === null) return null;
  const { code, message, place, hint, holder, position } = value as Record<string, unknown>;
  if (typeof code !== 'string' || typeof message !== 'string') return null;
  return {
    code: Object.hasOwn(HTTP_STATUS, code) ? (code as ErrorCode) : 'failed',
    message,
    ...(typeof place === 'string' ? { place } : {}),
    ...(typeof hint === 'string' ? { hint } : {}),
    ...(isHolder(holder) ? { holder } : {}),
    ...(isPosition(position) ? { position } : {}),
  };
}

function isPosition(value: unknown): value is TextPosition {
  if (typeof value !== 'object' || value === null) return false;
  const { line, column, length } = value as Record<string, unknown>;
  return [line, column, length].every((number) => Number.isSafeInteger(number) && (number as number) >= 0);
}

function isHolder(value: unknown): value is HolderName {
  if (typeof value !== 'object' || value === null) return false;
  const { run, attempt, token } = value as Record<string, unknown>;
  return typeof run === 'string' && typeof attempt === 'number' && typeof token === 'number';
}
