// POST /api/v1/lineage: OpenLineage events, one or a list. 201 means that what was taken is durable; a list of which some
// were refused is 207, and one of which none could be taken has the status of the first refusal.

import { ServiceError } from '../../../shared/api/errors.ts';
import { HTTP_STATUS } from '../../../shared/api/http-status.ts';
import { LIMITS } from '../../../shared/base/limits.ts';
import { bodyKind } from '../../services/receiver/bodies.ts';
import type { ReceiverAnswer } from '../../services/receiver/receiver-answer.ts';
import type { Route } from './api.ts';
import { type BodyLimit, readBody } from './read-body.ts';
import { sendJson } from './respond.ts';

/** A list, plain. Reading one of this size takes the better part of a second. */
const BATCH_BYTES_MAX = 16 * 1024 * 1024;

const limitOf: BodyLimit = (start) => {
  const kind = bodyKind(start);
  if (kind === null) return null;
  const isBatch = kind === 'batch';
  const bytes = isBatch ? BATCH_BYTES_MAX : LIMITS.eventBytes;
  const message = isBatch ? `a batch has at most ${bytes} bytes` : `an event has at most ${bytes} bytes`;
  const code = isBatch ? 'batch-too-large' : 'event-too-large';
  return { bytes, refusal: () => new ServiceError({ code, message }) };
};

export const receiveLineage: Route = async ({ receiver }, { request, response }) => {
  const { kind, answer } = await receiver.receive(await readBody(request, BATCH_BYTES_MAX, limitOf));
  sendJson(response, kind === 'event' ? 201 : batchStatus(answer), answer);
};

function batchStatus({ status, failed_events: failed }: Extract<ReceiverAnswer, { kind: 'batch' }>['answer']): number {
  if (status === 'success') return 201;
  const [first] = failed;
  return status === 'partial_success' || first === undefined ? 207 : HTTP_STATUS[first.code];
}
