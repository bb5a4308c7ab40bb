// A log and a catalog as readable data, by name: what golden files hold. Ids are nowhere in it, so a file changes only
// when something that a user could see does.

import { formatInstant } from '../../../../shared/base/time.ts';
import { type Catalog, taskLabel } from '../../../../shared/model/catalog.ts';
import {
  EVENT_KIND_NAMES,
  EVIDENCE_NAMES,
  subjectEvidence,
  timeEvidence,
  valueEvidence,
} from '../../../../shared/model/event.ts';
import { type Log, taskRunLabel, versionLabel } from '../../../../shared/model/log.ts';

/** One line an event: time, kind, who, which version, then what it carries and how it is known. */
export function describeEvents(log: Log): string[] {
  return log.chunks.flatMap((chunk) =>
    Array.from({ length: chunk.rows }, (_, i) => {
      const evidence = [timeEvidence, subjectEvidence, valueEvidence].map(
        (of) => EVIDENCE_NAMES[of(chunk.evidence[i])],
      );
      const parts = [
        formatInstant(chunk.timeUs[i]),
        EVENT_KIND_NAMES[chunk.kind[i]],
        chunk.taskRun[i] < 0 ? `run ${log.runs.runId[chunk.run[i]]}` : taskRunLabel(log, chunk.taskRun[i]),
        chunk.attempt[i] === 0 ? '' : `try ${chunk.attempt[i]}`,
        chunk.version[i] < 0 ? '' : versionLabel(log, chunk.version[i]),
        chunk.code[i] === 0 ? '' : `code ${chunk.code[i]}`,
        chunk.ref[i] < 0 ? '' : `after ${taskRunLabel(log, chunk.ref[i])}`,
        Number.isNaN(chunk.value[i]) ? '' : `value ${chunk.value[i]}`,
        chunk.text[i] < 0 ? '' : log.names.texts[chunk.text[i]],
        evidence.join('/'),
      ];
      return parts.filter((part) => part !== '').join(' | ');
    }),
  );
}

export function describeLog(log: Log): object {
  const { name, title, source, zone, landing, runs, taskRuns, versions } = log;
  return {
    header: { name, title, source, zone, landing },
    runs: runs.runId.map((id, i) => ({
      id,
      pipeline: log.names.pipelines.name[runs.pipeline[i]],
      logicalKey: runs.logicalKey[i],
      nominal: [formatInstant(runs.nominalStartUs[i]), formatInstant(runs.nominalEndUs[i])],
    })),
    taskRuns: Array.from(taskRuns.task, (_, i) => ({
      task: taskRunLabel(log, i),
      run: runs.runId[taskRuns.run[i]],
      mapIndex: taskRuns.mapIndex[i],
      pool: log.names.pools.name[taskRuns.pool[i]] ?? 'unknown',
    })),
    versions: Array.from(versions.dataset, (_, i) => ({
      version: versionLabel(log, i),
      owner: versions.owner[i] < 0 ? 'unknown' : taskRunLabel(log, versions.owner[i]),
    })),
    events: describeEvents(log),
  };
}

export function describeCatalog(catalog: Catalog): object {
  const { pipelines, tasks, datasets, pools, dependencies, reads, writes } = catalog;
  const accesses = (table: Catalog['reads']): string[] =>
    Array.from(table.task, (task, i) => {
      const declared = table.declared[i] === 1 ? ' (declared)' : '';
      return `${taskLabel(catalog, task)} : ${datasets.name[table.dataset[i]]}${declared}`;
    });
  return {
    hash: catalog.hash,
    pipelines: pipelines.name.map((name, i) => ({
      name,
      namespace: pipelines.namespace[i],
      domain: pipelines.domain[i],
      owner: pipelines.owner[i],
      schedule: pipelines.schedule[i],
    })),
    tasks: tasks.name.map((_, i) => ({
      name: taskLabel(catalog, i),
      pool: pools.name[tasks.pool[i]] ?? 'unknown',
      slots: tasks.slots[i],
      priority: tasks.priority[i],
    })),
    datasets: datasets.name.map((name, i) => `${datasets.namespace[i]} : ${name}`),
    pools: pools.name.map((name, i) => `${name} : ${pools.slots[i]}`),
    dependencies: Array.from(dependencies.task, (task, i) => {
      const carrier = datasets.name[dependencies.dataset[i]];
      const by = dependencies.kind[i] === 1 ? `publish of ${carrier}` : 'finish';
      return `${taskLabel(catalog, task)} waits for ${taskLabel(catalog, dependencies.upstream[i])} by ${by}`;
    }),
    reads: accesses(reads),
    writes: accesses(writes),
  };
}
