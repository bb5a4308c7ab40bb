// Turns one file of OpenLineage events into definitions and a log. The result depends on what the events say, not on
// the order in which they stand in the file. What could be told only by guessing is left unknown and said once.

import { formatClock, formatInstant } from '../../../shared/base/time.ts';
import type { Catalog } from '../../../shared/model/catalog.ts';
import type { Log } from '../../../shared/model/log.ts';
import type { ProblemList } from '../problem-list.ts';
import { quote } from '../text/quote.ts';
import { Definitions } from './definitions.ts';
import { lineageCatalog } from './lineage-catalog.ts';
import type { LineageEvent, RunLineageEvent } from './lineage-event.ts';
import { lineageLog } from './lineage-log.ts';
import type { LineageRun } from './lineage-run.ts';
import { type LineageRuns, lineageRuns } from './lineage-runs.ts';
import { orderEvents } from './order-events.ts';
import { type LineageInput, type ReadWatch, readLineageEvents } from './read-lineage-events.ts';
import { type RunHierarchy, runHierarchy } from './run-hierarchy.ts';

export interface LineageImport {
  readonly catalog: Catalog;
  readonly log: Log;
}

export interface OpenLineageReading {
  /** Null when the file as a whole is not usable. */
  readonly imported: LineageImport | null;
  /** Events that were found, and that were taken. */
  readonly found: number;
  readonly taken: number;
}

/** `name` becomes the log's name. */
export async function readOpenLineage(
  input: LineageInput,
  name: string,
  watch: ReadWatch,
  problems: ProblemList,
): Promise<OpenLineageReading> {
  const { gathered, found, taken } = await gather(input, watch, problems);
  const imported = gathered === null ? null : importGathered(gathered, name, input.file, problems);
  return { imported, found, taken };
}

/** What the events said, put together: from here on the events themselves are not needed, and their memory is free. */
export interface Gathered {
  readonly hierarchy: RunHierarchy;
  readonly drafts: Definitions;
  readonly title: string;
}

async function gather(
  input: LineageInput,
  watch: ReadWatch,
  problems: ProblemList,
): Promise<{ gathered: Gathered | null; found: number; taken: number }> {
  const { events: arrived, documents } = await readLineageEvents(input, watch, problems);
  if (arrived.length === 0) return { gathered: null, found: documents, taken: 0 };
  return { gathered: gatherEvents(arrived), found: documents, taken: arrived.length };
}

/** At least one event, in any order. */
export function gatherEvents(arrived: readonly LineageEvent[]): Gathered {
  const events = orderEvents(arrived);
  const hierarchy = runHierarchy(events.filter((event): event is RunLineageEvent => event.subject === 'run'));
  return { hierarchy, drafts: new Definitions(events, hierarchy), title: titleOf(events) };
}

export function importGathered(
  { hierarchy, drafts, title }: Gathered,
  name: string,
  file: string,
  problems: ProblemList,
): LineageImport {
  const definitions = lineageCatalog(drafts, file, problems);
  const runs = lineageRuns(hierarchy, drafts, definitions);
  tellUnknowns(hierarchy, runs, file, problems);
  const header = { name, source: 'observed', title, zone: 'UTC', landing: 'finalized' } as const;
  return { catalog: definitions.catalog, log: lineageLog(header, definitions, runs) };
}

function titleOf(events: readonly LineageEvent[]): string {
  const from = events[0].timeUs;
  const to = events[events.length - 1].timeUs;
  const date = formatInstant(from).slice(0, 10);
  const until = formatInstant(to).slice(0, 10) === date ? '' : `${formatInstant(to).slice(0, 10)} `;
  return `OpenLineage events, ${date} ${formatClock(from)} to ${until}${formatClock(to)} UTC`;
}

/** One warning for each thing that the events leave open, with how often and where first. */
function tellUnknowns(
  { runs, circular }: RunHierarchy,
  { taskRuns, pipelineRuns }: LineageRuns,
  file: string,
  problems: ProblemList,
): void {
  const tell = (of: readonly LineageRun[], reason: (first: LineageRun, count: string) => string): void => {
    const [first] = of;
    if (first) problems.warning(file, first.line, reason(first, of.length === 1 ? '' : ` (and ${of.length - 1} more)`));
  };
  const silent = runs.filter((run) => Number.isNaN(run.firstUs));
  tell(silent, (run, more) => `parent run ${quote(run.runId)} never appears${more}: its times are unknown`);
  const writers = taskRuns.filter(({ pipelineRun }) => pipelineRuns[pipelineRun].logicalKey === '');
  const keyless = writers
    .flatMap(({ attempts }) => attempts.map(({ run }) => run))
    .filter((run) => run.nominal === null && [...run.outputs.values()].some(({ partition }) => partition === ''));
  tell(
    keyless,
    (run, more) => `run ${quote(run.runId)} has no nominalTime${more}: the partitions that it wrote are unknown`,
  );
  const startless = runs.filter((run) => !Number.isNaN(run.firstUs) && Number.isNaN(run.startUs));
  tell(startless, (run, more) => `run ${quote(run.runId)} has no START${more}: when it started is unknown`);
  if (circular)
    problems.warning(
      file,
      circular.line,
      `run ${quote(circular.runId)} is above itself by its parents: it is taken for a pipeline run`,
    );
}
