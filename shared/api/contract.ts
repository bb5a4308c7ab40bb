// The contract between screens, scripts and services: every method, its parameters (checked on arrival), its answer
// and its progress. Adding a method is adding a row here and a handler in src-main/services; both transports carry it.

import { z } from 'zod';
import type { Moments } from '../analysis/moments.ts';
import type { OrderingReport } from '../analysis/ordering/report.ts';
import type { PartitionName } from '../model/ledger.ts';
import type {
  CheckAnswer,
  CheckRequest,
  DeclareRequest,
  FailRequest,
  FinalizeRequest,
  HeartbeatAnswer,
  HeartbeatRequest,
  OpenAnswer,
  OpenRequest,
  PublishRequest,
  ReadyAnswer,
  ReadyRequest,
  SeqAnswer,
  SubscribedRecord,
  SubscribeRequest,
} from './ledger.ts';
import { LEDGER_PARAMS, LEDGER_READS } from './ledger-params.ts';
import type {
  GraphView,
  ImportProgress,
  ImportView,
  LogSummary,
  LogView,
  PipelineView,
  SlaView,
  TimelineView,
  WorkspaceView,
} from './views.ts';
import type { FitAnswer, FitParams, FitProgress } from './views-fit.ts';
import type { AsOf, LineageEdge, LineageRequest, PartitionState, PartitionsRequest, StaleRun } from './views-ledger.ts';
import type { LogChanged, ReceiverView } from './views-live.ts';
import type { NightView } from './views-night.ts';
import type { ExperimentProgress, ScenarioAnswer, SimulateParams } from './views-scenario.ts';
import type { SqlRequest, SqlSavedView, SqlSavePart, SqlSaveRequest, SqlSchemaView, SqlView } from './views-sql.ts';
import type { SweepAnswer, SweepParams } from './views-sweep.ts';
import type { MarginView, ReplayChange, ReplayProgress, ReplayView, WhyAtView, WhyView } from './views-why.ts';

/** A method's shape. The phantom members exist for the type checker only. */
export interface MethodSpec<Params, Answer, Progress = never> {
  readonly params: z.ZodType<Params>;
  readonly answer?: Answer;
  readonly progress?: Progress;
}

const method = <Params, Answer, Progress = never>(params: z.ZodType<Params>): MethodSpec<Params, Answer, Progress> => ({
  params,
});

const name = z.string().min(1).max(1_000);
const none = z.strictObject({});
const ofLog = z.strictObject({ log: name });

const subject = z.union([name, z.number().int().min(0)]);
const row = z.number().int().min(0);
const replayChange = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({ kind: z.literal('source-on-time'), taskRun: row }),
  z.strictObject({ kind: z.literal('pool-slots'), pool: name, slots: z.number().int().min(1).max(1_000_000) }),
  z.strictObject({ kind: z.literal('remove-task-runs'), taskRuns: z.array(row).min(1).max(100_000) }),
  z.strictObject({ kind: z.literal('remove-pipeline'), pipeline: name }),
  z.strictObject({ kind: z.literal('declare-dependency'), taskRun: row, dataset: name }),
  z.strictObject({ kind: z.literal('duration'), taskRun: row, ms: z.number().min(0).max(1_000_000_000) }),
]);

type OfLog = { log: string };
type None = Record<string, never>;
/** `path` is a folder, or of listings the dataset's place in the store. */
interface KeepMarkers {
  path: string;
  listings: string[];
  schema: string | null;
  policy: string;
  layout: string[];
  toleranceMs: number;
  dataset: string;
  namespace: string;
}

export const CONTRACT = {
  'workspace.get': method<None, WorkspaceView>(none as z.ZodType<None>),
  'logs.list': method<None, readonly LogView[]>(none as z.ZodType<None>),
  'log.summary': method<OfLog, LogSummary>(ofLog),
  'log.graph': method<OfLog, GraphView>(ofLog),
  'log.timeline': method<OfLog, TimelineView>(ofLog),
  'log.moments': method<OfLog, Moments>(ofLog),
  'log.sla': method<OfLog, SlaView>(ofLog),
  'log.ordering': method<{ log: string; limit: number; toleranceMs: number }, OrderingReport>(
    z.strictObject({
      log: name,
      limit: z.number().int().min(0).max(10_000),
      toleranceMs: z.number().min(0).max(86_400_000),
    }),
  ),
  'log.pipeline': method<{ log: string; pipeline: number }, PipelineView>(
    z.strictObject({ log: name, pipeline: z.number().int().min(0) }),
  ),
  'log.remove': method<OfLog, WorkspaceView>(ofLog),
  'sql.run': method<SqlRequest, SqlView>(
    z.strictObject({
      sql: z.string().min(1).max(1_000_000),
      maxRows: z.number().int().min(1).max(1_000_000).optional(),
      timeoutMs: z.number().int().min(1).max(3_600_000).optional(),
      memoryMb: z.number().int().min(64).max(65_536).optional(),
    }),
  ),
  /** The file comes as progress, part after part. */
  'sql.save': method<SqlSaveRequest, SqlSavedView, SqlSavePart>(
    z.strictObject({
      sql: z.string().min(1).max(1_000_000),
      format: z.enum(['csv', 'parquet']),
      timeoutMs: z.number().int().min(1).max(3_600_000).optional(),
      memoryMb: z.number().int().min(64).max(65_536).optional(),
    }),
  ),
  'sql.schema': method<None, SqlSchemaView>(none as z.ZodType<None>),
  /** `path`: of the marker, absolute. Refuses with `not-whole` or `stale-marker`. */
  'markers.write': method<PartitionName & { path: string }, { version: number; seq: number }>(
    z.strictObject({
      namespace: name,
      dataset: name,
      partition: z.string().max(1_000),
      path: z.string().min(1).max(4_096),
    }),
  ),
  'markers.keep': method<KeepMarkers, ImportView>(
    z.strictObject({
      path: z.string().min(1).max(4_096),
      listings: z.array(z.string().min(1).max(4_096)).max(1_000),
      schema: z.string().max(4_096).nullable(),
      policy: z.string().max(1_000),
      layout: z.array(name).max(20),
      toleranceMs: z.number().min(0).max(86_400_000),
      dataset: name,
      namespace: name,
    }),
  ),
  'ledger.open': method<OpenRequest, OpenAnswer>(LEDGER_PARAMS.open),
  'ledger.heartbeat': method<HeartbeatRequest, HeartbeatAnswer>(LEDGER_PARAMS.heartbeat),
  'ledger.check': method<CheckRequest, CheckAnswer>(LEDGER_PARAMS.check),
  'ledger.finalize': method<FinalizeRequest, SeqAnswer>(LEDGER_PARAMS.finalize),
  'ledger.fail': method<FailRequest, SeqAnswer>(LEDGER_PARAMS.fail),
  'ledger.publish': method<PublishRequest, SeqAnswer>(LEDGER_PARAMS.publish),
  'ledger.declare': method<DeclareRequest, SeqAnswer>(LEDGER_PARAMS.declare),
  'ledger.ready': method<ReadyRequest, ReadyAnswer>(LEDGER_PARAMS.ready),
  /** Answers when all are ready. */
  'ledger.wait': method<ReadyRequest, ReadyAnswer>(LEDGER_PARAMS.ready),
  /** Every record from a seq on is progress, in batches, gapless; ends when it is cancelled. */
  'ledger.subscribe': method<SubscribeRequest, SeqAnswer, readonly SubscribedRecord[]>(LEDGER_PARAMS.subscribe),
  'ledger.partitions': method<PartitionsRequest, AsOf<PartitionState>>(LEDGER_READS.partitions),
  /** By versions read, as the finalizes told; nearest first. */
  'ledger.lineage': method<LineageRequest, AsOf<LineageEdge>>(LEDGER_READS.lineage),
  'ledger.stale': method<{ limit: number }, AsOf<StaleRun>>(LEDGER_READS.stale),
  'receiver.get': method<None, ReceiverView>(none as z.ZodType<None>),
  'receiver.switch': method<{ on: boolean }, ReceiverView>(z.strictObject({ on: z.boolean() })),
  'imports.run': method<{ paths: string[] }, ImportView, ImportProgress>(
    z.strictObject({ paths: z.array(z.string().min(1).max(4_096)).min(1).max(1_000) }),
  ),
  /** `path`: a scenario file, whole. */
  'scenario.simulate': method<SimulateParams, ScenarioAnswer, ExperimentProgress>(
    z.strictObject({
      path: z.string().min(1).max(4_096),
      replications: z.number().int().min(1).max(1_000_000).nullable(),
      seed: z.number().int().min(0).max(2_147_483_647).nullable(),
      whenDecided: z.boolean().optional(),
      antithetic: z.boolean().optional(),
      hashed: z.boolean().optional(),
    }),
  ),
  /** One value of a scenario file changed, on the same replications. */
  'scenario.sweep': method<SweepParams, SweepAnswer, ExperimentProgress>(
    z.strictObject({
      path: z.string().min(1).max(4_096),
      parameter: name,
      values: z.array(z.string().max(1_000)).min(1).max(1_000),
      replications: z.number().int().min(1).max(1_000_000).nullable(),
      seed: z.number().int().min(0).max(2_147_483_647).nullable(),
      antithetic: z.boolean(),
    }),
  ),
  /** `path` and `text` null: the workspace's own scenario for tonight. */
  'fit.run': method<FitParams, FitAnswer, FitProgress>(
    z.strictObject({
      path: z.string().min(1).max(4_096).nullable(),
      text: z.string().max(16_777_216).nullable(),
      nights: z.number().int().min(1).max(1_000_000).nullable(),
      seed: z.number().int().min(0).max(2_147_483_647).nullable(),
      grow: z.number().min(-0.99).max(100).nullable(),
      pool: name.nullable(),
      slots: z.number().int().min(1).max(1_000_000).nullable(),
      search: z.boolean(),
    }),
  ),
  'night.get': method<OfLog, NightView>(ofLog),
  /** `of`: RUN or DATASET[@partition] as people write it, or a task run's row. */
  'why.get': method<{ log: string; of: string | number }, WhyView>(z.strictObject({ log: name, of: subject })),
  'why.at': method<{ log: string; of: string | number; atUs: number }, WhyAtView>(
    z.strictObject({ log: name, of: subject, atUs: z.number() }),
  ),
  /** The unchanged night first, then each change by itself. */
  'why.replay': method<{ log: string; of: string | number; changes: ReplayChange[] }, ReplayView, ReplayProgress>(
    z.strictObject({ log: name, of: subject, changes: z.array(replayChange).max(100) }),
  ),
  /** Plays one change and keeps it as a log named `as` (`-2`, … added where that is taken). */
  'why.keep': method<{ log: string; of: string | number; change: ReplayChange; as: string }, LogView, ReplayProgress>(
    z.strictObject({ log: name, of: subject, change: replayChange, as: z.string().min(1).max(100) }),
  ),
  /** `reader`: `pipeline.task`. */
  'why.margins': method<{ log: string; reader: string; dataset: string }, MarginView>(
    z.strictObject({ log: name, reader: name, dataset: name }),
  ),
} as const;

export type Contract = typeof CONTRACT;
export type Method = keyof Contract;
export type ParamsOf<M extends Method> = Contract[M] extends MethodSpec<infer P, infer _A, infer _G> ? P : never;
export type AnswerOf<M extends Method> = Contract[M] extends MethodSpec<infer _P, infer A, infer _G> ? A : never;
export type ProgressOf<M extends Method> = Contract[M] extends MethodSpec<infer _P, infer _A, infer G> ? G : never;

/** What the services tell unasked. Each is the latest state, so a missed one is never needed. */
export interface Topics {
  /** The set of logs changed. */
  readonly 'workspace.changed': { readonly revision: number };
  /** A log that grows has grown: at most once a second. */
  readonly 'log.changed': LogChanged;
  readonly 'receiver.changed': ReceiverView;
}
export type Topic = keyof Topics;
/** The topics' names, for whoever checks what arrives. */
export const TOPICS: Readonly<Record<Topic, true>> = {
  'workspace.changed': true,
  'log.changed': true,
  'receiver.changed': true,
};
