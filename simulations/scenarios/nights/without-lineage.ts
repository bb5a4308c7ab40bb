// An observed night as the orchestrator's own tables alone tell it (Airflow since 2.10, which keeps earlier tries): tries
// with their times, and which tables a task reads and writes. When data was opened, whole and published is inferred from
// the writer's try; partitions from the run's date; versions and rows are unknown. So nothing about reading is proved.

import { EventKind, Evidence, Outcome, packEvidence } from '../../../shared/model/event.ts';
import { EventWriter } from '../../../shared/model/event-writer.ts';
import type { EventChunk, Log, LogHeader } from '../../../shared/model/log.ts';
import { SeenVersions } from './seen-versions.ts';

const RECORDED = packEvidence(Evidence.recorded);
const INFERRED = packEvidence(Evidence.inferred, Evidence.inferred, Evidence.unknown);

export function withoutLineage(log: Log, header: Pick<LogHeader, 'name' | 'title'>): Log {
  const events = new EventWriter();
  const seen = new SeenVersions(log.versions);
  const openOf = new Map<number, number>();
  for (const chunk of log.chunks)
    for (let i = 0; i < chunk.rows; i++) {
      const kind = chunk.kind[i];
      if (kind === EventKind.read) pushRead(events, seen, chunk, i);
      else if (kind === EventKind.versionOpened) {
        openOf.set(chunk.taskRun[i], chunk.version[i]);
        push(events, chunk, i, { evidence: INFERRED });
      } else if (kind < EventKind.versionOpened || kind === EventKind.note) {
        if (kind === EventKind.note && chunk.version[i] >= 0) continue;
        push(events, chunk, i, { evidence: kind === EventKind.taskReady ? chunk.evidence[i] : RECORDED });
        if (kind === EventKind.taskEnded) pushOutput(events, chunk, i, openOf.get(chunk.taskRun[i]) ?? -1);
      }
    }
  return { ...log, ...header, versions: seen.finish((owner) => owner), chunks: events.finish() };
}

/** A dataset event comes with the writer's end; that it was whole by then is taken for granted. */
function pushOutput(events: EventWriter, chunk: EventChunk, i: number, version: number): void {
  if (version < 0 || chunk.code[i] !== Outcome.success) return;
  for (const kind of [EventKind.versionFinalized, EventKind.versionPublished])
    push(events, chunk, i, { kind, version, code: 0, value: Number.NaN, evidence: INFERRED });
}

function pushRead(events: EventWriter, seen: SeenVersions, chunk: EventChunk, i: number): void {
  push(events, chunk, i, { version: seen.as(chunk.version[i], 'partition'), value: Number.NaN, evidence: INFERRED });
}

function push(
  events: EventWriter,
  chunk: EventChunk,
  i: number,
  changed: Partial<{ kind: number; version: number; code: number; value: number; evidence: number }>,
): void {
  events.push({
    timeUs: chunk.timeUs[i],
    kind: chunk.kind[i],
    run: chunk.run[i],
    taskRun: chunk.taskRun[i],
    version: chunk.version[i],
    attempt: chunk.attempt[i],
    code: chunk.code[i],
    ref: chunk.ref[i],
    value: chunk.value[i],
    text: chunk.text[i],
    ...changed,
  });
}
