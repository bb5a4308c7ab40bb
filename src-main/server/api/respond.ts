// Answers of the API: JSON, never cached, a refusal as `{code, message, hint?, holder?}` with the status of its code.

import type { IncomingMessage, ServerResponse } from 'node:http';
import { errorData } from '../../../shared/api/channel/faults.ts';
import type { ServiceErrorData } from '../../../shared/api/errors.ts';
import { HTTP_STATUS } from '../../../shared/api/http-status.ts';

/** A store that takes no writes is looked at again after so long; also an intake that is full. */
const RETRY_AFTER_S = 5;

/** All at once with `writeHead`: a header that is set before makes Node go the long way. */
export const API_HEADERS = { 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' } as const;

export function sendJson(response: ServerResponse, status: number, value: object): void {
  const text = JSON.stringify(value);
  response.writeHead(status, {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': Buffer.byteLength(text),
    ...API_HEADERS,
  });
  response.end(text);
}

/** For whatever a route threw. The connection goes on: its request was read to the end, or `refuseUnread` is used. */
export function sendFailure(response: ServerResponse, thrown: unknown): void {
  if (response.headersSent) return void response.destroy();
  const data = errorData(thrown);
  sendError(response, HTTP_STATUS[data.code], data);
}

/** Answers without reading the rest of the request, so the connection cannot go on. */
export function refuseUnread(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  data: ServiceErrorData,
): void {
  response.setHeader('Connection', 'close');
  // What is still on its way would otherwise make the peer see a reset instead of this answer.
  request.resume();
  sendError(response, status, data);
}

function sendError(response: ServerResponse, status: number, data: ServiceErrorData): void {
  if (status === 503) response.setHeader('Retry-After', RETRY_AFTER_S);
  if (status === 401) response.setHeader('WWW-Authenticate', 'Bearer');
  sendJson(response, status, data);
}
