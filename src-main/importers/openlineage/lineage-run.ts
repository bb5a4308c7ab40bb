// One run, put together from all of its events: first and last moments, what it read and wrote on any of them (the
// union, never the last event's list), and what its facets tell. Fed in the order of orderEvents.

import type {
  DatasetUse,
  NamedThing,
  NominalTime,
  ParentReference,
  QualityCheck,
  RunLineageEvent,
  TaskInstanceFacts,
  ToldUse,
} from './lineage-event.ts';

/** One step in the life of a version, as it was told. */
export interface ToldStep extends Omit<ToldUse, 'version'> {
  readonly timeUs: number;
  readonly rowCount: number;
}

/** A dataset that a run touched. */
export interface RunDataset {
  readonly dataset: NamedThing;
  /** As the use names it; "" leaves it to the run. */
  readonly partition: string;
  /** START names it; otherwise a later event did, and that it was touched from the start is inferred. */
  isNamedAtStart: boolean;
  /** The last count that was told; NaN when none was. */
  rowCount: number;
  isDropped: boolean;
  readonly checks: { readonly timeUs: number; readonly check: QualityCheck }[];
  /** The version and its whole life, where the ledger tells it; null where both follow from the run's events. */
  readonly told: { readonly version: number; readonly steps: ToldStep[] } | null;
}

/** Shared by all runs that touch nothing: an empty map is 200 bytes, and there may be a million runs. */
const NOTHING: ReadonlyMap<string, RunDataset> = new Map();

export class LineageRun {
  readonly runId: string;
  readonly job: NamedThing;
  /** Line of its first event; of the naming one for a run that no event is of. */
  readonly line: number;
  /** Of its first and last event; NaN when there is none. */
  firstUs = Number.NaN;
  lastUs = Number.NaN;
  /** NaN where the event never came; the first of each counts, of a writer of the ledger the last end. */
  startUs = Number.NaN;
  completeUs = Number.NaN;
  failUs = Number.NaN;
  abortUs = Number.NaN;
  readonly runningUs: number[] = [];
  parent: ParentReference | null = null;
  nominal: NominalTime | null = null;
  taskInstance: TaskInstanceFacts | null = null;
  error = '';
  /** By dataset, and by partition where uses name one. */
  inputs: ReadonlyMap<string, RunDataset> = NOTHING;
  outputs: ReadonlyMap<string, RunDataset> = NOTHING;

  constructor(runId: string, job: NamedThing, line: number) {
    this.runId = runId;
    this.job = job;
    this.line = line;
  }

  get hasData(): boolean {
    return this.inputs.size + this.outputs.size > 0;
  }

  /** When it ended, by whichever end came last; NaN while it has not. */
  get endUs(): number {
    const ends = [this.completeUs, this.failUs, this.abortUs].filter((us) => !Number.isNaN(us));
    return ends.length === 0 ? Number.NaN : Math.max(...ends);
  }

  add({ timeUs, run, inputs, outputs }: RunLineageEvent): void {
    // A writer of the ledger may finalize one output after another: it ended with the last.
    const end = outputs[0]?.told === undefined ? earliest : latest;
    if (Number.isNaN(this.firstUs)) this.firstUs = timeUs;
    this.lastUs = timeUs;
    if (run.type === 'START') this.startUs = earliest(this.startUs, timeUs);
    else if (run.type === 'RUNNING') this.runningUs.push(timeUs);
    else if (run.type === 'COMPLETE') this.completeUs = end(this.completeUs, timeUs);
    else if (run.type === 'FAIL') this.failUs = end(this.failUs, timeUs);
    else if (run.type === 'ABORT') this.abortUs = end(this.abortUs, timeUs);
    this.parent ??= run.parent;
    this.nominal ??= run.nominal;
    this.taskInstance ??= run.taskInstance;
    this.error ||= run.error;
    const isStart = run.type === 'START';
    if (inputs.length > 0) this.inputs = withUses(this.inputs, inputs, timeUs, isStart);
    if (outputs.length > 0) this.outputs = withUses(this.outputs, outputs, timeUs, isStart);
  }
}

// Events come in the order of time.
const earliest = (known: number, us: number): number => (Number.isNaN(known) ? us : known);
const latest = (_known: number, us: number): number => us;

/** The same map with these uses in it; a new one instead of NOTHING. */
function withUses(
  known: ReadonlyMap<string, RunDataset>,
  uses: readonly DatasetUse[],
  timeUs: number,
  isStart: boolean,
): ReadonlyMap<string, RunDataset> {
  const touched = known === NOTHING ? new Map<string, RunDataset>() : (known as Map<string, RunDataset>);
  for (const use of uses) {
    const { rowCount, isDropped, check, told } = use;
    const key = keyOf(use);
    let one = touched.get(key);
    if (one === undefined) {
      one = untouched(use);
      touched.set(key, one);
    }
    if (told !== undefined) {
      one.told?.steps.push({ timeUs, kind: told.kind, code: told.code, text: told.text, rowCount });
    }
    if (isStart) one.isNamedAtStart = true;
    if (!Number.isNaN(rowCount)) one.rowCount = rowCount;
    if (isDropped) one.isDropped = true;
    if (check) one.checks.push({ timeUs, check });
  }
  return touched;
}

function keyOf({ dataset, partition, told }: DatasetUse): string {
  if (told !== undefined) return `${dataset.key} ${partition} v${told.version}`;
  return partition === '' ? dataset.key : `${dataset.key} ${partition}`;
}

const untouched = ({ dataset, partition, told }: DatasetUse): RunDataset => ({
  dataset,
  partition,
  isNamedAtStart: false,
  rowCount: Number.NaN,
  isDropped: false,
  checks: [],
  told: told === undefined ? null : { version: told.version, steps: [] },
});
