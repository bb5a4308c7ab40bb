// What the receiver answers. A single event: its place in the ledger. A batch: how many were taken and which were not, in
// the shape that OpenLineage's batch clients read (status, summary, failed_events).

import type { ErrorCode } from '../../../shared/api/errors.ts';
import type { ReceivedBody } from '../../importers/openlineage/receive-events.ts';

export interface EventAnswer {
  /** The record that holds it; of an event that was known, the earlier one. */
  readonly seq: number;
  readonly known: boolean;
  /** What could not be taken of it. */
  readonly remarks: readonly string[];
}

export interface BatchAnswer {
  readonly status: 'success' | 'partial_success' | 'failure';
  readonly summary: {
    readonly received: number;
    readonly successful: number;
    /** Of the successful: sent before. */
    readonly known: number;
    readonly failed: number;
  };
  readonly failed_events: readonly {
    /** In the batch, from 0. */
    readonly index: number;
    readonly code: ErrorCode;
    readonly reason: string;
    /** Sending the same event again cannot help. */
    readonly retriable: false;
  }[];
  /** The last record of the batch; 0 when none was written. */
  readonly seq: number;
}

export type ReceiverAnswer =
  | { readonly kind: 'event'; readonly answer: EventAnswer }
  | { readonly kind: 'batch'; readonly answer: BatchAnswer };

type Stored = readonly { readonly seq: number; readonly known: boolean }[];

/** `stored` is by event of the body. */
export function answerOf({ isBatch, events, refused }: ReceivedBody, stored: Stored): ReceiverAnswer {
  const [event] = events;
  const [first] = stored;
  if (!isBatch && event !== undefined && first !== undefined) {
    return { kind: 'event', answer: { ...first, remarks: event.remarks } };
  }
  const failed = refused.length;
  const answer: BatchAnswer = {
    status: failed === 0 ? 'success' : events.length === 0 ? 'failure' : 'partial_success',
    summary: {
      received: events.length + failed,
      successful: events.length,
      known: stored.filter(({ known }) => known).length,
      failed,
    },
    failed_events: refused.map(({ index, code, reason }) => ({ index, code, reason, retriable: false })),
    seq: stored.reduce((last, { seq }) => Math.max(last, seq), 0),
  };
  return { kind: 'batch', answer };
}
