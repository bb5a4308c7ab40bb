// What a task run waited for: the task runs whose end or publish its catalog makes it wait for, with the moment at which
// each let it go. A log may say itself which one was last; the rest is inferred from names and times.
// An upstream of another pipeline is looked for among the runs for the same logical key, and among all where none is.

import { rowNumbers } from '../../base/columns.ts';
import { type Catalog, type Csr, csrBy, DepKind } from '../../model/catalog.ts';
import { Evidence } from '../../model/event.ts';
import type { EventIndex, Known } from './event-index.ts';
import { LogCatalog, type NamedLog, rowsOf } from './log-catalog.ts';
import { isKnown, type Story, storyOf, UNKNOWN_TIME } from './story.ts';

export interface Upstream {
  readonly taskRun: number;
  readonly by: 'end' | 'publish';
  /** When it let the other go: the last time at or before the asked one, else the first after it, else unknown. */
  readonly at: Known;
  /** The version whose publish did, or -1. */
  readonly version: number;
  /** The attempt whose end or publish did; 0 when none has. */
  readonly attempt: number;
}

export class Upstreams {
  readonly join: LogCatalog;
  readonly #log: NamedLog;
  readonly #events: EventIndex;
  readonly #taskRunsOf: Csr;
  readonly #stories: (Story | undefined)[];

  constructor(log: NamedLog, catalog: Catalog, events: EventIndex) {
    this.#log = log;
    this.#events = events;
    this.join = new LogCatalog(log, catalog);
    this.#stories = Array.from(log.taskRuns.task, () => undefined);
    this.#taskRunsOf = csrBy(log.taskRuns.task, rowNumbers(log.taskRuns.task.length), log.names.tasks.name.length);
  }

  story(taskRun: number): Story {
    const known = this.#stories[taskRun];
    if (known !== undefined) return known;
    const story = storyOf(this.#events, taskRun);
    this.#stories[taskRun] = story;
    return story;
  }

  /** All that a task run waits for, each with when it came as seen from `limitUs`. */
  of(taskRun: number, limitUs: number): Upstream[] {
    const task = this.join.taskOf[this.#log.taskRuns.task[taskRun]];
    if (task < 0) return [];
    const { kind, upstream, dataset } = this.join.catalog.dependencies;
    const found: Upstream[] = [];
    for (const row of rowsOf(this.join.dependencies, task)) {
      const by = kind[row] === DepKind.publish ? 'publish' : 'end';
      const carried = dataset[row] < 0 ? -1 : this.join.logDatasetOf[dataset[row]];
      this.#addCandidates(found, { taskRun, by, dataset: carried, limitUs }, upstream[row]);
    }
    return found;
  }

  /** When a task run's end or publish came, as seen from a moment. `dataset`: of the log, or -1 for any that it writes. */
  cameAt(taskRun: number, by: Upstream['by'], dataset: number, limitUs: number): Upstream {
    const story = this.story(taskRun);
    const moments = by === 'end' ? endsOf(story) : publishesOf(story, this.#log.versions.dataset, dataset);
    return { taskRun, by, ...seenFrom(moments, limitUs) };
  }

  #addCandidates(found: Upstream[], asked: Asked, upstreamTask: number): void {
    const { taskRun, by, dataset, limitUs } = asked;
    const { task, run } = this.#log.taskRuns;
    const logTask = this.join.logTaskOf[upstreamTask];
    if (logTask < 0) return;
    const { pipeline } = this.#log.names.tasks;
    const all = rowsOf(this.#taskRunsOf, logTask);
    const isSibling = pipeline[logTask] === pipeline[task[taskRun]];
    const key = this.#keyOf(taskRun);
    let isFound = isSibling;
    for (const one of all) {
      if (isSibling ? run[one] !== run[taskRun] : key === '' || this.#keyOf(one) !== key) continue;
      isFound = true;
      found.push(this.cameAt(one, by, dataset, limitUs));
    }
    if (isFound) return;
    // Of other nights: the one that came last before it.
    const before = Array.from(all, (one) => this.cameAt(one, by, dataset, limitUs)).filter(
      ({ at }) => at.us <= limitUs,
    );
    if (before.length > 0) found.push(before.reduce((a, b) => (b.at.us >= a.at.us ? b : a)));
  }

  #keyOf(taskRun: number): string {
    return this.#log.runs.logicalKey[this.#log.taskRuns.run[taskRun]];
  }
}

/** Of whom upstreams are asked, and how. */
interface Asked {
  readonly taskRun: number;
  readonly by: Upstream['by'];
  readonly dataset: number;
  readonly limitUs: number;
}

interface Moment {
  readonly at: Known;
  readonly version: number;
  readonly attempt: number;
}

const endsOf = ({ attempts, skipped }: Story): Moment[] =>
  skipped !== 0 ? [] : attempts.map(({ ended, number }) => ({ at: ended, version: -1, attempt: number }));

/** Without publish events a finalize is the next best, then the end of the attempt: then they are inferred. */
function publishesOf(story: Story, datasetOf: Int32Array, dataset: number): Moment[] {
  const outputs = story.outputs.filter(({ version }) => dataset < 0 || datasetOf[version] === dataset);
  if (outputs.length === 0)
    return endsOf(story).map((moment) => ({ ...moment, at: { ...moment.at, evidence: Evidence.inferred } }));
  return outputs.map(({ published, finalized, opened, version }) => ({
    at: isKnown(published) ? published : { ...finalized, evidence: Evidence.inferred },
    version,
    attempt: attemptAt(story, opened.us),
  }));
}

/** The attempt that ran at a moment: the last that had started. */
export function attemptAt({ attempts }: Story, us: number): number {
  let number = attempts[0]?.number ?? 0;
  for (const attempt of attempts) if (attempt.started.us <= us) number = attempt.number;
  return number;
}

function seenFrom(moments: readonly Moment[], limitUs: number): Moment {
  let before: Moment | null = null;
  let after: Moment | null = null;
  for (const moment of moments) {
    if (!isKnown(moment.at)) continue;
    if (moment.at.us <= limitUs) {
      if (before === null || moment.at.us >= before.at.us) before = moment;
    } else if (after === null || moment.at.us < after.at.us) after = moment;
  }
  return before ?? after ?? { at: UNKNOWN_TIME, version: -1, attempt: 0 };
}
