// Commands on partitions: what a writer and a reader may ask of the store, the same in process, over the workbench's
// transport and over HTTP. All are idempotent: the same command again gives the first answer. A refused command throws a
// ServiceError whose code is the lifecycle's ViolationCode and whose message names the holder.

import type { CancelSignal } from '../base/cancel.ts';
import type {
  DatasetName,
  InputRead,
  LedgerRecord,
  PartitionName,
  Publisher,
  QualityGate,
  VersionMetrics,
} from '../model/ledger.ts';

/** `atUs`: when it happened; left out it is now. */
export interface Timed {
  readonly atUs?: number | undefined;
}
/** `token`: the version's number, as open answered it. */
interface Writing extends Timed, PartitionName {
  readonly run: string;
  readonly token: number;
}

export interface OpenRequest extends Timed, PartitionName {
  readonly run: string;
  readonly attempt: number;
  readonly pipeline?: string | undefined;
  readonly task?: string | undefined;
  readonly logicalKey?: string | undefined;
  readonly parentRun?: string | undefined;
  readonly leaseMs?: number | undefined;
  /** A person's decision, never a retry's. */
  readonly takeover?: boolean | undefined;
}
export interface OpenAnswer {
  readonly token: number;
  /** Of a repeated open of a version that has ended since: when it ended. */
  readonly leaseUntilUs: number;
  /** Of its record; 0 when that is no longer known, in a repeated answer after the version's end. */
  readonly seq: number;
}
export type HeartbeatRequest = Writing;
export interface HeartbeatAnswer {
  readonly leaseUntilUs: number;
}
export interface CheckRequest extends Writing {
  readonly metrics: Partial<VersionMetrics>;
}
export interface CheckAnswer {
  readonly passed: boolean;
  /** Every bound that was broken; the version is FAILED then. */
  readonly reasons: readonly string[];
  readonly seq: number;
}
/** All outputs of one run at once: all or none. Metrics left out are those of the check. */
export interface FinalizeRequest extends Timed {
  readonly run: string;
  readonly outputs: readonly (PartitionName & {
    readonly token: number;
    readonly metrics?: Partial<VersionMetrics> | undefined;
  })[];
  readonly inputs?: readonly InputRead[] | undefined;
}
export interface FailRequest extends Writing {
  readonly reason: string;
}
export interface PublishRequest extends Timed, PartitionName {
  readonly token: number;
}
export interface SeqAnswer {
  readonly seq: number;
}

export interface ReadyQuery extends PartitionName {
  /** At least this version; 1 when left out. */
  readonly version?: number | undefined;
}
export interface ReadyRequest {
  readonly inputs: readonly ReadyQuery[];
  readonly when?: 'finalized' | 'published' | undefined;
}
export interface ReadyAnswer {
  readonly ready: boolean;
  /** By input: the newest whole version, 0 when there is none. */
  readonly versions: readonly number[];
  readonly asOfSeq: number;
}
export interface DeclareRequest extends DatasetName {
  readonly gate: QualityGate | null;
  /** `store` when left out: the published event follows the finalize by itself, also after a crash between the two. */
  readonly publishedBy?: Publisher | undefined;
}

export interface MarkRequest extends Timed, PartitionName {
  readonly token: number;
  /** Absolute; its folder is there. */
  readonly path: string;
}

/** A reader's cursor over seq: at least once, gapless, resumable. */
export interface SubscribeRequest {
  /** The first record wanted. */
  readonly fromSeq: number;
}
export type SubscribedRecord = LedgerRecord;

/** An event of others. `contentHash` names its content; `event` is what the ledger keeps of it. */
export interface ObservedEvent {
  readonly contentHash: string;
  readonly event: string;
  readonly atUs: number;
}
export interface ObservedAnswer {
  readonly seq: number;
  /** The same content was there before. */
  readonly known: boolean;
}

/** The store's commands in process. Throws ServiceError; a write's promise resolves after its record is durable. */
export interface LedgerCommands {
  open(request: OpenRequest): Promise<OpenAnswer>;
  heartbeat(request: HeartbeatRequest): HeartbeatAnswer;
  check(request: CheckRequest): Promise<CheckAnswer>;
  finalize(request: FinalizeRequest): Promise<SeqAnswer>;
  fail(request: FailRequest): Promise<SeqAnswer>;
  publish(request: PublishRequest): Promise<SeqAnswer>;
  declare(request: DeclareRequest): Promise<SeqAnswer>;
  /** Writes the marker of a whole version that no newer one was opened over, and the record of it. */
  mark(request: MarkRequest): Promise<SeqAnswer>;
  ready(request: ReadyRequest): ReadyAnswer;
  /** Resolves when all are ready; rejects `cancelled`. */
  wait(request: ReadyRequest, signal: CancelSignal): Promise<ReadyAnswer>;
  /** Observed events in one durable batch; the answer is by event: its seq, and whether it was known before. */
  observe(events: readonly ObservedEvent[]): Promise<readonly ObservedAnswer[]>;
  /** Records from a seq on, batch after batch, then whatever comes, until cancelled. */
  subscribe(request: SubscribeRequest, signal: CancelSignal): AsyncIterable<readonly LedgerRecord[]>;
  /** The last durable seq; 0 for none. */
  readonly lastSeq: number;
}
