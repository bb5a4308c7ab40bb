// The partition versions of a traced play: every attempt that writes opens one of each of its partitions; success
// finalizes and publishes it, failure fails it. Each step is asked of shared/lifecycle first: an order that it refuses is
// a defect here and throws. Two writers of one partition at a time both get a version; which one holds it is not played.

import { GrowableFloat64, GrowableInt32 } from '../../../shared/base/growable.ts';
import { STEP_NAMES, Status, Step } from '../../../shared/lifecycle/status.ts';
import { nextStatus } from '../../../shared/lifecycle/transitions.ts';
import { EventKind } from '../../../shared/model/event.ts';
import type { EventInput, EventWriter } from '../../../shared/model/event-writer.ts';
import type { VersionTable } from '../../../shared/model/log.ts';

const NOBODY = -1;

export class VersionRows {
  readonly #events: EventWriter;
  readonly #datasetOf: Int32Array;
  readonly #dataset = new GrowableInt32();
  readonly #partition = new GrowableInt32();
  readonly #number = new GrowableInt32();
  readonly #owner = new GrowableInt32();
  readonly #status: Status[] = [];
  readonly #opened: Int32Array;
  /** Whole versions of each partition, by when they were finalized: rows and times (µs). */
  readonly #whole: { readonly rows: number[]; readonly timesUs: GrowableFloat64 }[];
  readonly #unknown = new Map<number, number>();

  /** `datasetOf`: by partition. */
  constructor(events: EventWriter, datasetOf: Int32Array) {
    this.#events = events;
    this.#datasetOf = datasetOf;
    this.#opened = new Int32Array(datasetOf.length);
    this.#whole = Array.from(datasetOf, () => ({ rows: [], timesUs: new GrowableFloat64() }));
  }

  open(partition: number, owner: number, event: Omit<EventInput, 'kind' | 'version'>): number {
    const version = this.#add(partition, ++this.#opened[partition], owner);
    this.#step(version, Step.open, { ...event, kind: EventKind.versionOpened });
    return version;
  }

  fail(version: number, event: Omit<EventInput, 'kind' | 'version'>): void {
    this.#step(version, Step.fail, { ...event, kind: EventKind.versionFailed });
  }

  /** `timeUs` of the event is the finalize; `publishUs` is NaN for a publish that is lost. */
  finalize(version: number, publishUs: number, event: Omit<EventInput, 'kind' | 'version'>): void {
    this.#step(version, Step.finalize, { ...event, kind: EventKind.versionFinalized });
    if (!Number.isNaN(publishUs))
      this.#step(version, Step.publish, { ...event, timeUs: publishUs, kind: EventKind.versionPublished });
    const whole = this.#whole[this.#partition.at(version)];
    whole.rows.push(version);
    whole.timesUs.push(event.timeUs);
  }

  /** The last version that was whole at a time; where none was, one of unknown number: what was there before. */
  seen(partition: number, timeUs: number): number {
    const { rows, timesUs } = this.#whole[partition];
    let found = NOBODY;
    let latestUs = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < rows.length; i++) {
      const atUs = timesUs.at(i);
      if (atUs > timeUs || atUs < latestUs) continue;
      found = rows[i];
      latestUs = atUs;
    }
    if (found >= 0) return found;
    const known = this.#unknown.get(partition);
    if (known !== undefined) return known;
    const version = this.#add(partition, 0, NOBODY);
    this.#unknown.set(partition, version);
    return version;
  }

  /** `keyOf`: row of the log's texts by partition. */
  finish(keyOf: Int32Array): VersionTable {
    return {
      dataset: this.#dataset.finish(),
      partitionKey: this.#partition.finish().map((partition) => keyOf[partition]),
      number: this.#number.finish(),
      owner: this.#owner.finish(),
    };
  }

  #add(partition: number, number: number, owner: number): number {
    this.#partition.push(partition);
    this.#number.push(number);
    this.#owner.push(owner);
    this.#status.push(Status.none);
    return this.#dataset.push(this.#datasetOf[partition]);
  }

  #step(version: number, step: Step, event: EventInput): void {
    const next = nextStatus(this.#status[version], step);
    if (next < 0) throw new Error(`the lifecycle refused step ${STEP_NAMES[step]} of version row ${version}`);
    this.#status[version] = next as Status;
    this.#events.push({ ...event, version });
  }
}
