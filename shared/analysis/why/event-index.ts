// Finds the events of one task run without reading the whole log again: rows of its own events and of the versions that
// it owns, in the log's order. Two passes over the log, four bytes an event; then any story is read in its own length.

import { type Csr, csrBy } from '../../model/catalog.ts';
import { EventKind, type Evidence, timeEvidence } from '../../model/event.ts';
import { type EventChunk, eventCount, type Log } from '../../model/log.ts';

export type EventLog = Pick<Log, 'chunks' | 'taskRuns' | 'versions' | 'runs'>;

/** When a pipeline run was created, by run: NaN when no event says. */
export interface RunCreated {
  readonly us: Float64Array;
  readonly evidence: Uint8Array;
}

export class EventIndex {
  readonly created: RunCreated;
  /** By task run: numbers of its events in the log. */
  readonly #ofTaskRun: Csr;
  readonly #chunks: readonly EventChunk[];
  /** Number of the first event of each chunk. */
  readonly #firstSeq: Float64Array;

  constructor(log: EventLog) {
    this.#chunks = log.chunks;
    this.#firstSeq = firstSeqs(log.chunks);
    const rows = log.runs.pipeline.length;
    this.created = { us: new Float64Array(rows).fill(Number.NaN), evidence: new Uint8Array(rows) };
    this.#ofTaskRun = this.#collect(log);
  }

  /** Numbers of the events of a task run, in order. */
  eventsOf(taskRun: number): Int32Array {
    const { offsets, values } = this.#ofTaskRun;
    return values.subarray(offsets[taskRun], offsets[taskRun + 1]);
  }

  chunkOf(seq: number): { readonly chunk: EventChunk; readonly row: number } {
    let low = 0;
    let high = this.#chunks.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#firstSeq[middle] <= seq) low = middle;
      else high = middle - 1;
    }
    return { chunk: this.#chunks[low], row: seq - this.#firstSeq[low] };
  }

  #collect({ chunks, versions, taskRuns }: EventLog): Csr {
    const all = eventCount({ chunks });
    const keys = new Int32Array(all);
    const seqs = new Int32Array(all);
    const { us, evidence } = this.created;
    let kept = 0;
    let seq = 0;
    for (const chunk of chunks) {
      const { kind, run, timeUs, taskRun, version } = chunk;
      for (let i = 0; i < chunk.rows; i++, seq++) {
        if (kind[i] === EventKind.runCreated && run[i] >= 0 && !(us[run[i]] <= timeUs[i])) {
          us[run[i]] = timeUs[i];
          evidence[run[i]] = timeEvidence(chunk.evidence[i]);
        }
        const owner = ownerOf(kind[i], version[i], taskRun[i], versions.owner);
        if (owner < 0) continue;
        keys[kept] = owner;
        seqs[kept++] = seq;
      }
    }
    return csrBy(keys.subarray(0, kept), seqs.subarray(0, kept), taskRuns.task.length);
  }
}

/** Whose story an event belongs to: the writer's where it is a step of a version, else the task run's own. */
function ownerOf(kind: number, version: number, taskRun: number, owners: Int32Array): number {
  const isStep = kind >= EventKind.versionOpened && kind <= EventKind.versionMarker;
  return isStep && version >= 0 && owners[version] >= 0 ? owners[version] : taskRun;
}

function firstSeqs(chunks: readonly EventChunk[]): Float64Array {
  const first = new Float64Array(chunks.length);
  let seq = 0;
  for (const [i, chunk] of chunks.entries()) {
    first[i] = seq;
    seq += chunk.rows;
  }
  return first;
}

/** An instant and how it is known; NaN and `unknown` when it is not. */
export interface Known {
  readonly us: number;
  readonly evidence: Evidence;
}
