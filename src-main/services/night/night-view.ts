// Home's figures of one night: what was late against its deadline and against usual, and what was read too early.

import type { AttainmentReport, DeadlineRow } from '../../../shared/analysis/attainment.ts';
import type { Finding, OrderingReport } from '../../../shared/analysis/ordering/report.ts';
import type { ChainReader } from '../../../shared/analysis/why/critical-chain.ts';
import type { EventIndex } from '../../../shared/analysis/why/event-index.ts';
import type { LoggedNights } from '../../../shared/analysis/why/nights.ts';
import type { LogView } from '../../../shared/api/views.ts';
import {
  DELIVERABLES_MAX,
  type NightDeliverable,
  type NightEarlyRead,
  type NightView,
} from '../../../shared/api/views-night.ts';
import type { RuleName } from '../../../shared/lifecycle/rules.ts';
import type { Catalog } from '../../../shared/model/catalog.ts';
import { Outcome } from '../../../shared/model/event.ts';
import { type Log, taskRunLabel } from '../../../shared/model/log.ts';
import { type LastWithDeadline, lastWithDeadline } from '../why/find-subject.ts';
import { otherNights, usualLanding } from '../why/usual.ts';
import { nightSentences } from './night-sentences.ts';

export interface NightInput {
  readonly view: LogView;
  readonly log: Log;
  readonly catalog: Catalog;
  readonly reader: ChainReader;
  readonly history: readonly LoggedNights[];
  readonly attainment: AttainmentReport;
  readonly ordering: OrderingReport;
  readonly events: EventIndex;
}

const EARLY_READ: RuleName = 'no-read-before-finalize';

export function nightView(input: NightInput): NightView {
  const { view, log, attainment, ordering } = input;
  const last = lastWithDeadline(log);
  const early = ordering.rules.find(({ rule }) => rule === EARLY_READ);
  const told = {
    log: view,
    night: nightOf(log),
    zone: log.zone,
    deliverables: attainment.rows.slice(0, DELIVERABLES_MAX).map((row) => deliverable(input, row, last)),
    total: attainment.total,
    met: attainment.met,
    missed: attainment.missed,
    unknown: attainment.unknown,
    earlyReads: ordering.findings
      .filter(({ rule, grade }) => rule === EARLY_READ && grade === 'proved')
      .flatMap((finding) => earlyRead(input, finding))
      .sort((a, b) => a.readUs - b.readUs),
    proved: early?.proved ?? 0,
    overlap: early?.overlap ?? 0,
    cannotTell: early?.cannotTell ?? 0,
  };
  return { ...told, sentences: nightSentences(told, ordering.reads) };
}

/** The logical key that most runs have. */
function nightOf({ runs }: Log): string {
  const counts = new Map<string, number>();
  for (const key of runs.logicalKey) if (key !== '') counts.set(key, (counts.get(key) ?? 0) + 1);
  return [...counts].reduce((a, b) => (b[1] > a[1] ? b : a), ['', 0] as [string, number])[0];
}

function deliverable({ log, reader, history }: NightInput, row: DeadlineRow, last: LastWithDeadline): NightDeliverable {
  const { taskRun, label, owner, dueUs, landedUs, lateMs, verdict } = row;
  const usual = usualLanding(log, otherNights(log, history, taskRun), taskRun);
  const [output] = reader.story(taskRun).outputs;
  const { versions, names, runs, taskRuns } = log;
  const key = output === undefined ? -1 : versions.partitionKey[output.version];
  const partition = key < 0 ? runs.logicalKey[taskRuns.run[taskRun]] : names.texts[key];
  const dataset = output === undefined ? -1 : versions.dataset[output.version];
  const name = dataset < 0 ? label : names.datasets.name[dataset];
  const meant = dataset < 0 ? last.ofTask.get(taskRuns.task[taskRun]) : last.ofDataset.get(dataset);
  return {
    taskRun,
    label,
    dataset: dataset < 0 ? '' : name,
    partition,
    subject: meant === taskRun || partition === '' ? name : `${name}@${partition}`,
    owner,
    dueUs,
    landedUs,
    lateMs,
    verdict,
    usualUs: usual.landedUs,
    usualNights: usual.nights,
  };
}

function earlyRead({ log, reader, events }: NightInput, { first, second }: Finding): NightEarlyRead[] {
  const [read, proof] = first.kind === 'read' ? [first, second] : [second, first];
  if (read === null || read.taskRun < 0 || read.version < 0) return [];
  const { chunk, row } = events.chunkOf(read.seq);
  const whole = wholeAfter(log, reader, read.version, read.timeUs);
  const { versions, names } = log;
  const key = versions.partitionKey[read.version];
  return [
    {
      reader: read.taskRun,
      readerLabel: taskRunLabel(log, read.taskRun),
      succeeded: reader.story(read.taskRun).attempts.some(({ outcome }) => outcome === Outcome.success),
      dataset: names.datasets.name[versions.dataset[read.version]],
      partition: key < 0 ? '' : names.texts[key],
      readUs: read.timeUs,
      wholeUs: whole.us,
      rowsRead: chunk.value[row],
      rowsWhole: whole.rows,
      readSeq: read.seq,
      proofSeq: proof?.seq ?? -1,
    },
  ];
}

/** When a version's partition was whole for the first time after a moment, and how many rows that was. */
function wholeAfter({ versions }: Log, reader: ChainReader, version: number, us: number) {
  let whole = { us: Number.NaN, rows: Number.NaN };
  for (let other = 0; other < versions.dataset.length; other++) {
    const owner = versions.owner[other];
    const isSame =
      versions.dataset[other] === versions.dataset[version] &&
      versions.partitionKey[other] === versions.partitionKey[version];
    if (!isSame || owner < 0) continue;
    const output = reader.story(owner).outputs.find((one) => one.version === other);
    const finalizedUs = output?.finalized.us ?? Number.NaN;
    if (finalizedUs > us && !(whole.us <= finalizedUs)) whole = { us: finalizedUs, rows: output?.rows ?? Number.NaN };
  }
  return whole;
}
