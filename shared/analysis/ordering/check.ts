// Finalize ordering of a log in one pass: who read, published, marked or wrote a version when the lifecycle forbids it.
// Observations are judged, never refused, and graded by what they prove (MODEL). Memory follows versions, task runs and
// the reads that cannot be judged at once, not the log.

import { US_PER_MS } from '../../base/time.ts';
import { RULES, type RuleName } from '../../lifecycle/rules.ts';
import { EVENT_KIND_NAMES, EventKind, Evidence, subjectEvidence } from '../../model/event.ts';
import { type EventChunk, type Fold, foldLog, type Log } from '../../model/log.ts';
import { Advice } from './advice.ts';
import { type Draft, type Fact, Findings } from './findings.ts';
import { type PartitionIndex, partitionIndex } from './partition-index.ts';
import { ReadJudge } from './read-judge.ts';
import { ReadList } from './read-list.ts';
import { ReaderSpans } from './reader-spans.ts';
import type { EventRef, Finding, OrderingReport } from './report.ts';
import { Sentences } from './sentences.ts';
import { StaleReads } from './stale-reads.ts';
import { VersionBook } from './version-book.ts';
import { WriteJudge } from './write-judge.ts';

export interface OrderingOptions {
  /** Clock differences up to this are not held against anyone. */
  readonly toleranceMs: number;
  /** Findings shown in full; all are counted. */
  readonly limit: number;
}

type OrderingLog = Pick<Log, 'name' | 'names' | 'taskRuns' | 'versions'>;

/** Its findings are no faults of anyone: they are counted apart. */
const NO_FAULT: RuleName = 'lineage-is-current';

export const checkOrdering = (log: OrderingLog & Pick<Log, 'chunks'>, options: OrderingOptions): OrderingReport =>
  foldLog(log, orderingFold(log, options));

/** The fold behind `checkOrdering`, for whoever reads chunks as they come. */
export function orderingFold(log: OrderingLog, options: OrderingOptions): Fold<OrderingReport> {
  return new OrderingFold(log, options);
}

class OrderingFold implements Fold<OrderingReport> {
  readonly #log: OrderingLog;
  readonly #options: OrderingOptions;
  readonly #index: PartitionIndex;
  readonly #book: VersionBook;
  readonly #spans: ReaderSpans;
  readonly #reads = new ReadList();
  readonly #stale: StaleReads;
  readonly #findings: Findings;
  readonly #sentences: Sentences;
  readonly #writes: WriteJudge;
  #readCount = 0;
  #logEndUs = Number.NEGATIVE_INFINITY;

  constructor(log: OrderingLog, options: OrderingOptions) {
    const { names, versions } = log;
    const rows = versions.dataset.length;
    this.#log = log;
    this.#options = options;
    this.#index = partitionIndex(versions, names.datasets.name.length, names.texts.length);
    this.#book = new VersionBook(rows);
    this.#spans = new ReaderSpans(log.taskRuns.task.length);
    this.#stale = new StaleReads(rows);
    this.#findings = new Findings(options.limit);
    this.#sentences = new Sentences(log);
    this.#writes = new WriteJudge({ ...this.#shared(), versions });
  }

  #shared() {
    const toleranceUs = this.#options.toleranceMs * US_PER_MS;
    return {
      index: this.#index,
      book: this.#book,
      findings: this.#findings,
      sentences: this.#sentences,
      toleranceUs,
    };
  }

  feed(chunk: EventChunk, firstSeq: number): void {
    const { kind, timeUs } = chunk;
    for (let i = 0; i < chunk.rows; i++) {
      if (timeUs[i] > this.#logEndUs) this.#logEndUs = timeUs[i];
      const k = kind[i];
      if (k === EventKind.taskStarted || k === EventKind.taskEnded) this.#spans.observe(chunk, i);
      else if (k === EventKind.read) this.#read(chunk, i, firstSeq + i);
      else if (k >= EventKind.versionOpened && k <= EventKind.versionMarker)
        this.#writes.observe(chunk, i, firstSeq + i);
    }
  }

  #read(chunk: EventChunk, i: number, seq: number): void {
    this.#readCount++;
    const version = chunk.version[i];
    if (version < 0) return this.#reads.push(chunk, i, seq);
    const row = this.#index.canonical[version];
    const isNamed = subjectEvidence(chunk.evidence[i]) === Evidence.recorded && this.#log.versions.number[row] > 0;
    if (isNamed) {
      this.#stale.observe(row, chunk, i, seq);
      // Whole by then, by the log's own times: nothing that comes later can change that.
      if (this.#book.finalized.timeUs[row] <= chunk.timeUs[i]) return;
    }
    this.#reads.push(chunk, i, seq);
  }

  finish(): OrderingReport {
    this.#writes.finish();
    const advice = new Advice();
    this.#judgeReads(advice);
    const stale = this.#staleReport();
    const rules = RULES.map(({ name }) => {
      const count = this.#findings.countOf(name);
      return name === NO_FAULT ? { ...count, stale: stale.reads } : count;
    });
    return {
      log: this.#log.name,
      toleranceMs: this.#options.toleranceMs,
      reads: this.#readCount,
      versions: this.#countVersions(),
      proved: rules.reduce((sum, rule) => sum + rule.proved, 0),
      overlap: rules.reduce((sum, rule) => sum + rule.overlap, 0),
      cannotTell: rules.reduce((sum, rule) => sum + rule.cannotTell, 0),
      rules,
      findings: this.#findings.top((draft) => this.#present(draft)),
      stale,
      advice: advice.sentences(),
    };
  }

  #judgeReads(advice: Advice): void {
    if (this.#reads.length === 0) return;
    const { versions, names } = this.#log;
    const datasets = names.datasets.name.length;
    const judge = new ReadJudge({
      ...this.#shared(),
      versions,
      datasets,
      spans: this.#spans,
      advice,
      logEndUs: this.#logEndUs,
    });
    for (let i = 0; i < this.#reads.length; i++) judge.judge(this.#reads.at(i));
  }

  #countVersions(): number {
    let count = 0;
    for (let row = 0; row < this.#log.versions.dataset.length; row++) {
      if (this.#book.isWritten(row) || this.#book.published.has(row)) count++;
    }
    return count;
  }

  #staleReport(): OrderingReport['stale'] {
    const all = this.#stale.finish(this.#log.versions, this.#index, this.#book);
    const examples = all.slice(0, Math.max(0, this.#options.limit)).map(({ firstRead, laterWhole }) => {
      const reader = this.#sentences.reader(firstRead.taskRun);
      const [read, later] = [firstRead, laterWhole].map((fact) => this.#sentences.version(fact.version));
      const reason = `${reader} read ${read}, and ${later} is whole now`;
      return { reason, first: this.#eventRef(firstRead), second: this.#eventRef(laterWhole) };
    });
    return { reads: all.reduce((sum, stale) => sum + stale.count, 0), examples };
  }

  #present(draft: Draft): Finding {
    const { rule, grade, first, second } = draft;
    const reason = draft.reason();
    return {
      rule,
      grade,
      reason,
      first: this.#eventRef(first),
      second: second === null ? null : this.#eventRef(second),
    };
  }

  #eventRef(fact: Fact): EventRef {
    const { seq, timeUs, taskRun, version } = fact;
    return { seq, timeUs, kind: EVENT_KIND_NAMES[fact.kind], subject: this.#sentences.subject(fact), taskRun, version };
  }
}
