// What the read model answers of the ledger's commands. Each answer says the seq that it is as of; a version of 0 is
// unknown.

import type { PartitionName } from '../model/ledger.ts';

export interface AsOf<Row> {
  readonly asOfSeq: number;
  readonly rows: readonly Row[];
}

export interface VersionRead extends PartitionName {
  readonly version: number;
}

export interface LineageEdge {
  readonly runId: string;
  readonly input: VersionRead;
  readonly output: VersionRead;
  /** Steps from where it was asked, from 1. */
  readonly depth: number;
}

export interface PartitionState extends PartitionName {
  readonly version: number;
  readonly status: string;
  /** The newest whole version, 0 when there is none. */
  readonly readableVersion: number;
}

export interface StaleRun {
  readonly runId: string;
  readonly attempt: number;
  readonly input: PartitionName;
  readonly readVersion: number;
  readonly newestVersion: number;
}

export type LineageDirection = 'upstream' | 'downstream';

/** A moment is a seq, or a time (by when records were received); neither is now. */
export interface PartitionsRequest {
  seq?: number | undefined;
  atUs?: number | undefined;
  namespace?: string | undefined;
  dataset?: string | undefined;
  limit: number;
  offset: number;
}

export interface LineageRequest {
  namespace: string;
  dataset: string;
  partition: string;
  direction: LineageDirection;
  depth: number;
}
