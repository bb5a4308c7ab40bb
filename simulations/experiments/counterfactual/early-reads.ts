// The proved early reads of a log as facts: who read what, when, and when that was whole.

import type { OrderingReport } from '../../../shared/analysis/ordering/report.ts';
import type { ReplayEarlyRead } from '../../../shared/api/views-why.ts';
import type { RuleName } from '../../../shared/lifecycle/rules.ts';
import { EventKind } from '../../../shared/model/event.ts';
import { type Log, taskRunLabel } from '../../../shared/model/log.ts';

const EARLY_READ: RuleName = 'no-read-before-finalize';

export function provedEarlyReads(log: Log, report: OrderingReport): ReplayEarlyRead[] {
  const wholeUs = finalizeTimes(log);
  return report.findings.flatMap(({ rule, grade, first, second }) => {
    if (rule !== EARLY_READ || grade !== 'proved') return [];
    const read = first.kind === 'read' ? first : second;
    if (read === null || read.taskRun < 0 || read.version < 0) return [];
    return [
      {
        reader: read.taskRun,
        label: taskRunLabel(log, read.taskRun),
        dataset: log.names.datasets.name[log.versions.dataset[read.version]],
        readUs: read.timeUs,
        wholeUs: firstAfter(log, wholeUs, read.version, read.timeUs),
      },
    ];
  });
}

/** By version; NaN when it was never whole. */
function finalizeTimes({ versions, chunks }: Log): Float64Array {
  const us = new Float64Array(versions.dataset.length).fill(Number.NaN);
  for (const { rows, kind, version, timeUs } of chunks)
    for (let i = 0; i < rows; i++)
      if (kind[i] === EventKind.versionFinalized && version[i] >= 0) us[version[i]] = timeUs[i];
  return us;
}

/** When the partition of a version was whole for the first time after a moment. */
function firstAfter({ versions }: Log, wholeUs: Float64Array, version: number, us: number): number {
  let found = Number.NaN;
  for (let i = 0; i < wholeUs.length; i++) {
    const isSame =
      versions.dataset[i] === versions.dataset[version] && versions.partitionKey[i] === versions.partitionKey[version];
    if (isSame && wholeUs[i] > us && !(found <= wholeUs[i])) found = wholeUs[i];
  }
  return found;
}
