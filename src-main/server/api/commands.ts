// POST /api/v1/partitions/…: commands of writers, with the same parameters and answers as in process. A command that is
// refused has the code of the rule that it would break, and names the holder.

import { ServiceError } from '../../../shared/api/errors.ts';
import type { LedgerCommands } from '../../../shared/api/ledger.ts';
import { LEDGER_PARAMS, type Schema } from '../../../shared/api/ledger-params.ts';
import { commandBody } from '../../services/receiver/bodies.ts';
import type { Exchange, Route } from './api.ts';
import { type BodyLimit, readBody } from './read-body.ts';
import { sendJson } from './respond.ts';

/** A finalize may name thousands of outputs and inputs. */
const COMMAND_BYTES_MAX = 4 * 1024 * 1024;

const limitOf: BodyLimit = () => ({
  bytes: COMMAND_BYTES_MAX,
  refusal: () => new ServiceError({ code: 'too-large', message: `a command has at most ${COMMAND_BYTES_MAX} bytes` }),
});

type Call<Request> = (ledger: LedgerCommands, request: Request) => object | Promise<object>;

/** A route that reads a request of this shape from the body, and answers what the call gives. */
function commandRoute<Request>(params: Schema<Request>, call: Call<Request>): Route {
  return async ({ ledger }, { request, response }: Exchange) => {
    const body = commandBody(await readBody(request, COMMAND_BYTES_MAX, limitOf));
    sendJson(response, 200, await call(ledger, checked(params, body)));
  };
}

/** By the last part of the path. */
export const COMMAND_ROUTES: Readonly<Record<string, Route>> = {
  open: commandRoute(LEDGER_PARAMS.open, (ledger, request) => ledger.open(request)),
  heartbeat: commandRoute(LEDGER_PARAMS.heartbeat, (ledger, request) => ledger.heartbeat(request)),
  check: commandRoute(LEDGER_PARAMS.check, (ledger, request) => checkedOrRefused(ledger, request)),
  finalize: commandRoute(LEDGER_PARAMS.finalize, (ledger, request) => ledger.finalize(request)),
  fail: commandRoute(LEDGER_PARAMS.fail, (ledger, request) => ledger.fail(request)),
  publish: commandRoute(LEDGER_PARAMS.publish, (ledger, request) => ledger.publish(request)),
  declare: commandRoute(LEDGER_PARAMS.declare, (ledger, request) => ledger.declare(request)),
};

export const askReady: Route = commandRoute(LEDGER_PARAMS.ready, (ledger, request) => ledger.ready(request));

/** A script that looks at the status alone must not go on after a check that failed. */
async function checkedOrRefused(
  ledger: LedgerCommands,
  request: Parameters<LedgerCommands['check']>[0],
): Promise<object> {
  const answer = await ledger.check(request);
  if (answer.passed) return answer;
  throw new ServiceError({ code: 'check-failed', message: `the check failed: ${answer.reasons.join('; ')}` });
}

function checked<Request>(params: Schema<Request>, body: object): Request {
  const parsed = params.safeParse(body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const place = issue?.path.join('.') ?? '';
  // What the reader of JSON calls a whole number that no double holds.
  const reason = issue?.message.replace('ExactInteger', 'a whole number beyond 2^53');
  throw new ServiceError({ code: 'bad-request', message: `${place || 'the body'}: ${reason}`, place });
}
