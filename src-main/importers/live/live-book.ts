// The live log: what the ledger's newest records say, as definitions and a log like any other. Observed events, and the
// commands of writers in the same words, go through the same derivation as an imported file: the same events give the
// same state, whatever their order.

import type { Catalog } from '../../../shared/model/catalog.ts';
import type { LedgerRecord } from '../../../shared/model/ledger.ts';
import type { Log } from '../../../shared/model/log.ts';
import { gatherEvents, importGathered } from '../openlineage/read-openlineage.ts';
import { ProblemList } from '../problem-list.ts';
import { commandEvents } from './command-events.ts';
import { LiveWindow } from './live-window.ts';

export interface LiveDerivation {
  readonly catalog: Catalog;
  readonly log: Log;
  /** What the records leave open: runs without a partition key, without a start. */
  readonly remarks: readonly string[];
}

/** Sentences on what the events leave open that are kept. */
const REMARKS_MAX = 20;

export class LiveBook {
  readonly #window: LiveWindow;

  constructor(recordsMax?: number) {
    this.#window = new LiveWindow(recordsMax);
  }

  add(records: readonly LedgerRecord[]): void {
    this.#window.add(records);
  }

  /** Null while nothing is known. Takes about 70 µs a run. */
  derive(name: string): LiveDerivation | null {
    const observed = this.#window.events();
    const events = [...observed, ...commandEvents(this.#window.commands(), observed)];
    if (events.length === 0) return null;
    const problems = new ProblemList();
    const { catalog, log } = importGathered(gatherEvents(events), name, 'live', problems);
    return {
      catalog,
      log: { ...log, title: `What arrives here: ${log.title}` },
      remarks: problems.problems.slice(0, REMARKS_MAX).map(({ reason }) => reason),
    };
  }
}
