// What the ledger holds: one record for each thing that was acknowledged, in the order of seq. The source of truth of
// live events; every other form (partition index, DuckDB, a log) is made from these records and from nothing else.
// Plain data: how a record is framed in bytes is the store's business. Times are µs since the epoch; NaN is unknown.

/** A dataset, as OpenLineage names it. */
export interface DatasetName {
  readonly namespace: string;
  readonly dataset: string;
}

/** One partition of a dataset; "" is the one partition of a dataset that has no others. */
export interface PartitionName extends DatasetName {
  readonly partition: string;
}

export interface VersionName extends PartitionName {
  readonly version: number;
}

/** Who writes: unique by (run, attempt). */
export interface WriterName {
  readonly run: string;
  readonly attempt: number;
}

/** What a writer says of its run when it opens; unknown parts are "". */
export interface RunDetails {
  readonly pipeline: string;
  readonly task: string;
  /** The partition key that the run is for. */
  readonly logicalKey: string;
  readonly parentRun: string;
}

/** Measured on what was written. NaN and "" are unknown. */
export interface VersionMetrics {
  readonly rowCount: number;
  readonly byteSize: number;
  /** By column, 0 … 1. */
  readonly nullRates: Readonly<Record<string, number>>;
  readonly schemaFingerprint: string;
  /** The newest event time in the data, µs; what freshness is judged by. */
  readonly newestUs: number;
}

/** What a run read; `version` 0 is unknown. */
export type InputRead = VersionName;

export interface FinalizedOutput extends VersionName {
  readonly metrics: VersionMetrics;
  readonly payloadHash: string;
}

/** What a dataset must satisfy before SUCCESS; a part that is left out is not checked. */
export interface QualityGate {
  readonly rowCount?: {
    readonly min?: number;
    readonly max?: number;
    /** Against the mean of the last `versions` whole versions: at least and at most this share of it. */
    readonly relative?: { readonly versions: number; readonly low: number; readonly high: number };
  };
  /** The highest null rate by column. */
  readonly nullRates?: Readonly<Record<string, number>>;
  /** `same`: as the last whole version's; otherwise exactly this. */
  readonly schemaFingerprint?: string;
  /** The newest row may be this much older than the check. */
  readonly freshnessMs?: number;
}

/** Who delivers the published event of a whole version: the store by itself right after the finalize, or its writer. */
export type Publisher = 'store' | 'writer';

interface RecordBase {
  /** Gapless, from 1. */
  readonly seq: number;
  /** When it happened, as its sender says. */
  readonly atUs: number;
  /** When it was received here. */
  readonly receivedUs: number;
}

export type LedgerRecord =
  /** `closed`: the earlier version that this open ended, in the same record. */
  | (RecordBase &
      VersionName &
      WriterName & {
        readonly kind: 'opened';
        readonly details: RunDetails;
        readonly leaseUs: number;
        readonly closed: {
          readonly version: number;
          readonly as: 'expired' | 'superseded';
          readonly reason: string;
        } | null;
      })
  /** Coalesced: once a lease period for each version that was heard of. */
  | (RecordBase & { readonly kind: 'heartbeats'; readonly versions: readonly VersionName[] })
  | (RecordBase &
      VersionName & {
        readonly kind: 'checked';
        readonly passed: boolean;
        readonly metrics: VersionMetrics;
        /** Of a check that failed: every bound that was broken, in words. */
        readonly reason: string;
      })
  /** All outputs of a run in one record, with the outbox entry of their published events: all or none. */
  | (RecordBase &
      WriterName & {
        readonly kind: 'finalized';
        readonly outputs: readonly FinalizedOutput[];
        readonly inputs: readonly InputRead[];
      })
  | (RecordBase & VersionName & { readonly kind: 'published' })
  | (RecordBase & VersionName & { readonly kind: 'failed'; readonly reason: string })
  | (RecordBase & VersionName & { readonly kind: 'expired'; readonly reason: string })
  | (RecordBase & VersionName & { readonly kind: 'marker'; readonly path: string })
  /** The definitions of a dataset: its gate and who sends its published events. The latest one holds. */
  | (RecordBase &
      DatasetName & {
        readonly kind: 'declared';
        readonly gate: QualityGate | null;
        readonly publishedBy: Publisher;
      })
  /** An event of others (OpenLineage), as it came: observed, never refused for breaking a rule. */
  | (RecordBase & {
      readonly kind: 'observed';
      /** Names the content, so that the same event again is known. */
      readonly contentHash: string;
      /** The event as canonical JSON, with large and secret facets left out. */
      readonly event: string;
    });

export type LedgerRecordKind = LedgerRecord['kind'];
/** A record before the ledger gives it its place. */
export type LedgerDraft = LedgerRecord extends infer R ? (R extends LedgerRecord ? Omit<R, 'seq'> : never) : never;
