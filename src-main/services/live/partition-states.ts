// The state of every partition version of a log, in one pass over its events. What was observed is told as it was told:
// a step that the lifecycle would refuse is the checker's business, here it counts all the same.

import { isWhole, Status } from '../../../shared/lifecycle/status.ts';
import { EventKind, subjectEvidence } from '../../../shared/model/event.ts';
import { type EventChunk, type Fold, foldLog, type Log } from '../../../shared/model/log.ts';

/** One row a version of the log's table. Times in µs, NaN is not yet or unknown. */
export interface PartitionStates {
  readonly status: Uint8Array;
  readonly openedUs: Float64Array;
  readonly lastUs: Float64Array;
  readonly finalizedUs: Float64Array;
  readonly publishedUs: Float64Array;
  readonly rowCount: Float64Array;
  /** An Evidence: how it is known which version this is. */
  readonly evidence: Uint8Array;
}

export const partitionStates = (log: Pick<Log, 'versions' | 'chunks'>): PartitionStates =>
  foldLog(log, new StatesFold(log.versions.dataset.length));

const STATUS_OF_KIND = new Int8Array(32).fill(-1);
STATUS_OF_KIND[EventKind.versionOpened] = Status.running;
STATUS_OF_KIND[EventKind.versionFinalized] = Status.finalized;
STATUS_OF_KIND[EventKind.versionPublished] = Status.published;
STATUS_OF_KIND[EventKind.versionFailed] = Status.failed;
STATUS_OF_KIND[EventKind.versionExpired] = Status.expired;
STATUS_OF_KIND[EventKind.versionSuperseded] = Status.superseded;

/** By a check's code. */
const CHECKED = [Status.failed, Status.checked] as const;

class StatesFold implements Fold<PartitionStates> {
  readonly #states: PartitionStates;

  constructor(rows: number) {
    const unknown = (): Float64Array => new Float64Array(rows).fill(Number.NaN);
    this.#states = {
      status: new Uint8Array(rows),
      openedUs: unknown(),
      lastUs: unknown(),
      finalizedUs: unknown(),
      publishedUs: unknown(),
      rowCount: unknown(),
      evidence: new Uint8Array(rows),
    };
  }

  feed(chunk: EventChunk): void {
    for (let i = 0; i < chunk.rows; i++) {
      const version = chunk.version[i];
      const kind = chunk.kind[i];
      if (version >= 0 && kind >= EventKind.versionOpened && kind <= EventKind.versionMarker) {
        this.#step(version, kind, chunk, i);
      }
    }
  }

  finish(): PartitionStates {
    return this.#states;
  }

  #step(version: number, kind: number, chunk: EventChunk, i: number): void {
    const states = this.#states;
    const timeUs = chunk.timeUs[i];
    states.lastUs[version] = timeUs;
    states.evidence[version] = Math.max(states.evidence[version], subjectEvidence(chunk.evidence[i]));
    if (kind === EventKind.versionOpened) states.openedUs[version] = timeUs;
    if (kind === EventKind.versionPublished) states.publishedUs[version] = timeUs;
    if (kind === EventKind.versionFinalized) {
      states.finalizedUs[version] = timeUs;
      states.rowCount[version] = chunk.value[i];
    }
    const status = kind === EventKind.versionChecked ? CHECKED[chunk.code[i] === 0 ? 0 : 1] : STATUS_OF_KIND[kind];
    // An open or a check that is heard of late does not make a whole version run or fail.
    if (kind === EventKind.versionChecked && isWhole(states.status[version] as Status)) return;
    if (status > states.status[version] || status === Status.finalized) states.status[version] = status;
  }
}
