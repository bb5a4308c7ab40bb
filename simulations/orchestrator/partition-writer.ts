// Writes partition versions into a log, each step asked of shared/lifecycle first: an order that the lifecycle
// refuses is a defect here and throws.

import { GrowableInt32 } from '../../shared/base/growable.ts';
import { STEP_NAMES, Status, Step } from '../../shared/lifecycle/status.ts';
import { nextStatus } from '../../shared/lifecycle/transitions.ts';
import { EventKind } from '../../shared/model/event.ts';
import type { EventWriter } from '../../shared/model/event-writer.ts';
import type { VersionTable } from '../../shared/model/log.ts';

export interface VersionWrite {
  readonly dataset: number;
  readonly owner: number;
  readonly run: number;
  readonly openUs: number;
  readonly checkUs: number;
  readonly finalizeUs: number;
  readonly publishUs: number;
  /** NaN when unknown. */
  readonly rowCount: number;
}

const TONIGHT = 0;
const LAST_NIGHT = 1;

export class PartitionWriter {
  /** The partition keys: tonight's and the night before's. */
  readonly texts: readonly string[];
  readonly #events: EventWriter;
  readonly #dataset = new GrowableInt32();
  readonly #partitionKey = new GrowableInt32();
  readonly #number = new GrowableInt32();
  readonly #owner = new GrowableInt32();
  readonly #written = new Map<number, number>();
  readonly #seen = new Map<string, number>();

  constructor(events: EventWriter, texts: readonly [string, string]) {
    this.#events = events;
    this.texts = texts;
  }

  /** Opens, checks, finalizes and publishes version 1 of tonight's partition. */
  write(w: VersionWrite): void {
    const version = this.#add(w.dataset, TONIGHT, 1, w.owner);
    this.#written.set(w.dataset, version);
    const row = { version, taskRun: w.owner, run: w.run, attempt: 1 };
    let status: Status = Status.none;
    const take = (step: Step, kind: number, timeUs: number, rest: { code?: number; value?: number }): void => {
      const next = nextStatus(status, step, true);
      if (next < 0) throw new Error(`the lifecycle refused step ${STEP_NAMES[step]} of version row ${version}`);
      status = next as Status;
      this.#events.push({ ...row, timeUs, kind, ...rest });
    };
    take(Step.open, EventKind.versionOpened, w.openUs, {});
    take(Step.checkPassed, EventKind.versionChecked, w.checkUs, { code: 1, value: w.rowCount });
    take(Step.finalize, EventKind.versionFinalized, w.finalizeUs, { value: w.rowCount });
    take(Step.publish, EventKind.versionPublished, w.publishUs, {});
  }

  /** The version row that a reader reports: tonight's or the one before, as exactly as its pipeline tells. */
  seen(dataset: number, isTonight: boolean, reporting: 'version' | 'partition' | 'table'): number {
    const tonight = this.#written.get(dataset);
    if (reporting === 'version' && isTonight && tonight !== undefined) return tonight;
    const key = reporting === 'table' ? -1 : isTonight ? TONIGHT : LAST_NIGHT;
    const number = reporting === 'version' ? 1 : 0;
    const id = `${dataset}/${key}/${number}`;
    const known = this.#seen.get(id);
    if (known !== undefined) return known;
    const version = this.#add(dataset, key, number, -1);
    this.#seen.set(id, version);
    return version;
  }

  finish(): VersionTable {
    return {
      dataset: this.#dataset.finish(),
      partitionKey: this.#partitionKey.finish(),
      number: this.#number.finish(),
      owner: this.#owner.finish(),
    };
  }

  #add(dataset: number, key: number, number: number, owner: number): number {
    this.#partitionKey.push(key);
    this.#number.push(number);
    this.#owner.push(owner);
    return this.#dataset.push(dataset);
  }
}
