// The parameters of the ledger's commands as they must look when they come from outside: one schema a command, the same
// for the workbench's channel and for HTTP. What names and numbers may be beyond that is the store's to say.

import { z } from 'zod';
import type {
  CheckRequest,
  DeclareRequest,
  FailRequest,
  FinalizeRequest,
  HeartbeatRequest,
  OpenRequest,
  PublishRequest,
  ReadyRequest,
  SubscribeRequest,
} from './ledger.ts';
import type { LineageRequest, PartitionsRequest } from './views-ledger.ts';

const text = z.string().max(1_000);
const count = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const atUs = z.number().min(0).max(Number.MAX_SAFE_INTEGER).optional();
const partition = { namespace: text, dataset: text.min(1), partition: text.default('') };
const token = z.number().int().min(1).max(2_147_483_647);
const writing = { ...partition, run: text.min(1), token, atUs };
const share = z.number().min(0).max(1);

const metrics = z.strictObject({
  rowCount: count.optional(),
  byteSize: count.optional(),
  nullRates: z.record(text, share).optional(),
  schemaFingerprint: text.optional(),
  newestUs: z.number().optional(),
});

const gate = z.strictObject({
  rowCount: z
    .strictObject({
      min: count.optional(),
      max: count.optional(),
      relative: z
        .strictObject({
          versions: z.number().int().min(1).max(1_000),
          low: z.number().min(0),
          high: z.number().min(0),
        })
        .optional(),
    })
    .optional(),
  nullRates: z.record(text, share).optional(),
  schemaFingerprint: text.optional(),
  freshnessMs: z.number().min(0).optional(),
});

/** zod's optional members may be undefined; those of the requests may be left out only, which is the same in JSON. */
export type Schema<T> = z.ZodType<T>;

export const LEDGER_PARAMS = {
  open: z.strictObject({
    ...partition,
    run: text.min(1),
    attempt: z.number().int().min(1).max(1_000_000).default(1),
    pipeline: text.optional(),
    task: text.optional(),
    logicalKey: text.optional(),
    parentRun: text.optional(),
    leaseMs: z.number().int().min(1).max(604_800_000).optional(),
    takeover: z.boolean().optional(),
    atUs,
  }) as Schema<OpenRequest>,
  heartbeat: z.strictObject(writing) as Schema<HeartbeatRequest>,
  check: z.strictObject({ ...writing, metrics }) as Schema<CheckRequest>,
  finalize: z.strictObject({
    run: text.min(1),
    outputs: z
      .array(z.strictObject({ ...partition, token, metrics: metrics.optional() }))
      .min(1)
      .max(10_000),
    inputs: z
      .array(z.strictObject({ ...partition, version: z.number().int().min(0).max(2_147_483_647).default(0) }))
      .max(10_000)
      .optional(),
    atUs,
  }) as Schema<FinalizeRequest>,
  fail: z.strictObject({ ...writing, reason: z.string().max(10_000).default('') }) as Schema<FailRequest>,
  publish: z.strictObject({ ...partition, token, atUs }) as Schema<PublishRequest>,
  declare: z.strictObject({
    namespace: text,
    dataset: text.min(1),
    gate: gate.nullable().default(null),
    publishedBy: z.enum(['store', 'writer']).optional(),
  }) as Schema<DeclareRequest>,
  ready: z.strictObject({
    inputs: z
      .array(z.strictObject({ ...partition, version: z.number().int().min(1).max(2_147_483_647).optional() }))
      .min(1)
      .max(10_000),
    when: z.enum(['finalized', 'published']).optional(),
  }) as Schema<ReadyRequest>,
  subscribe: z.strictObject({ fromSeq: count }) as Schema<SubscribeRequest>,
} as const;

const limit = z.number().int().min(1).max(10_000);

/** Reads of what the read model makes of the ledger. */
export const LEDGER_READS = {
  partitions: z.strictObject({
    seq: count.optional(),
    atUs: z.number().optional(),
    namespace: text.optional(),
    dataset: text.optional(),
    limit: limit.default(100),
    offset: count.default(0),
  }) as Schema<PartitionsRequest>,
  lineage: z.strictObject({
    ...partition,
    direction: z.enum(['upstream', 'downstream']).default('upstream'),
    depth: z.number().int().min(1).max(100).default(1),
  }) as Schema<LineageRequest>,
  stale: z.strictObject({ limit: limit.default(100) }) as Schema<{ limit: number }>,
} as const;
