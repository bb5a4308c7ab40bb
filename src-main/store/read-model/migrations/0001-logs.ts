// Migration 1: every table and view of the read model in its first form. Frozen once released: a change is a new
// migration that creates, copies and renames. (Altering a table with an expression default and then losing power
// leaves a DuckDB file that never opens.)
// Rows belong to a log by log_id; other ids count from 0 inside that log. Times are UTC. What is unknown is NULL.
// No primary keys: lookups scan a sorted column, and DuckDB's key index costs more than it gives here.

import type { Migration } from './migration.ts';

const TABLES = `
CREATE TABLE log (
  log_id INTEGER NOT NULL, name VARCHAR NOT NULL, title VARCHAR NOT NULL, source VARCHAR NOT NULL,
  zone VARCHAR NOT NULL, landing VARCHAR NOT NULL, catalog_hash VARCHAR NOT NULL,
  content_hash VARCHAR NOT NULL, imported_from VARCHAR NOT NULL, imported_at TIMESTAMP NOT NULL,
  first_event_time TIMESTAMP, last_event_time TIMESTAMP);

CREATE TABLE catalog_pipeline (
  log_id INTEGER NOT NULL, pipeline_id INTEGER NOT NULL, namespace VARCHAR NOT NULL, name VARCHAR NOT NULL,
  domain VARCHAR, owner VARCHAR, schedule VARCHAR);
CREATE TABLE catalog_task (
  log_id INTEGER NOT NULL, task_id INTEGER NOT NULL, pipeline_id INTEGER, name VARCHAR NOT NULL,
  pool_id INTEGER, pool_slots INTEGER, priority_weight INTEGER);
CREATE TABLE catalog_dataset (
  log_id INTEGER NOT NULL, dataset_id INTEGER NOT NULL, namespace VARCHAR NOT NULL, name VARCHAR NOT NULL);
CREATE TABLE catalog_pool (
  log_id INTEGER NOT NULL, pool_id INTEGER NOT NULL, name VARCHAR NOT NULL, slots INTEGER);
CREATE TABLE catalog_dependency (
  log_id INTEGER NOT NULL, task_id INTEGER NOT NULL, upstream_task_id INTEGER NOT NULL,
  satisfied_by VARCHAR NOT NULL, dataset_id INTEGER);
CREATE TABLE catalog_input (
  log_id INTEGER NOT NULL, task_id INTEGER NOT NULL, dataset_id INTEGER NOT NULL, declared BOOLEAN NOT NULL);
CREATE TABLE catalog_output (
  log_id INTEGER NOT NULL, task_id INTEGER NOT NULL, dataset_id INTEGER NOT NULL);

CREATE TABLE pipeline (
  log_id INTEGER NOT NULL, pipeline_id INTEGER NOT NULL, namespace VARCHAR NOT NULL, name VARCHAR NOT NULL,
  domain VARCHAR);
CREATE TABLE task (
  log_id INTEGER NOT NULL, task_id INTEGER NOT NULL, pipeline_id INTEGER, name VARCHAR NOT NULL);
CREATE TABLE dataset (
  log_id INTEGER NOT NULL, dataset_id INTEGER NOT NULL, namespace VARCHAR NOT NULL, name VARCHAR NOT NULL);
CREATE TABLE pool (
  log_id INTEGER NOT NULL, pool_id INTEGER NOT NULL, name VARCHAR NOT NULL, slots INTEGER);
CREATE TABLE text (
  log_id INTEGER NOT NULL, text_id INTEGER NOT NULL, text VARCHAR NOT NULL);

CREATE TABLE pipeline_run (
  log_id INTEGER NOT NULL, pipeline_run_id INTEGER NOT NULL, pipeline_id INTEGER, run_id VARCHAR NOT NULL,
  logical_key VARCHAR, data_interval_start TIMESTAMP, data_interval_end TIMESTAMP);
CREATE TABLE task_run (
  log_id INTEGER NOT NULL, task_run_id INTEGER NOT NULL, pipeline_run_id INTEGER, task_id INTEGER,
  map_index INTEGER, pool_id INTEGER, deadline TIMESTAMP);
CREATE TABLE partition_version (
  log_id INTEGER NOT NULL, version_id INTEGER NOT NULL, dataset_id INTEGER, partition_key_text_id INTEGER,
  version INTEGER, task_run_id INTEGER);
CREATE TABLE event (
  log_id INTEGER NOT NULL, seq BIGINT NOT NULL, event_time TIMESTAMP, kind_id UTINYINT NOT NULL,
  evidence UTINYINT NOT NULL, pipeline_run_id INTEGER, task_run_id INTEGER, version_id INTEGER,
  try_number INTEGER, code INTEGER NOT NULL, ref_task_run_id INTEGER, value DOUBLE, text_id INTEGER);
`;

// task_state: what the event makes of a task run, in Airflow's words; the end of a run takes its outcome's name.
const WORDS = `
CREATE TABLE event_kind (kind_id UTINYINT NOT NULL, name VARCHAR NOT NULL, task_state VARCHAR);
INSERT INTO event_kind VALUES
  (0, 'run created', NULL), (1, 'run ended', NULL), (2, 'task created', 'none'), (3, 'task ready', 'scheduled'),
  (4, 'task blocked', NULL), (5, 'task queued', 'queued'), (6, 'task started', 'running'), (7, 'task ended', 'ended'),
  (8, 'task retry', 'up_for_retry'), (9, 'task rescheduled', 'up_for_reschedule'), (10, 'task deferred', 'deferred'),
  (11, 'task skipped', 'skipped'), (12, 'open', NULL), (13, 'heartbeat', NULL), (14, 'checked', NULL),
  (15, 'finalized', NULL), (16, 'published', NULL), (17, 'failed', NULL), (18, 'expired', NULL),
  (19, 'superseded', NULL), (20, 'marker', NULL), (21, 'read', NULL), (22, 'note', NULL);
CREATE TABLE outcome (code INTEGER NOT NULL, name VARCHAR NOT NULL);
INSERT INTO outcome VALUES
  (0, 'unknown'), (1, 'success'), (2, 'failed'), (3, 'aborted'), (4, 'skipped'), (5, 'upstream_failed');
CREATE TABLE block_cause (code INTEGER NOT NULL, name VARCHAR NOT NULL);
INSERT INTO block_cause VALUES
  (0, 'upstream'), (1, 'trigger detection'), (2, 'scheduler loop'), (3, 'pipeline limit'), (4, 'task limit'),
  (5, 'pool'), (6, 'priority'), (7, 'executor'), (8, 'start-up'), (9, 'retry delay'), (10, 'check'),
  (11, 'finalize queue'), (12, 'publish');
CREATE TABLE evidence (code UTINYINT NOT NULL, name VARCHAR NOT NULL);
INSERT INTO evidence VALUES (0, 'recorded'), (1, 'inferred'), (2, 'unknown');
`;

// The times are those of taskRunTimes (shared/analysis), which defines them; a test holds the two against each other.
const TASK_RUN_VIEW = `
CREATE VIEW task_run_view AS
WITH start AS (
  SELECT log_id, task_run_id, min(seq) FILTER (event_time IS NOT NULL) AS first_seq,
    max(event_time) AS last_at, max(try_number) AS last_try
  FROM event WHERE kind_id = 6 GROUP BY ALL
), own_event AS (
  SELECT e.log_id, e.task_run_id,
    coalesce(
      arg_max(event_time, seq) FILTER (kind_id = 3 AND (s.first_seq IS NULL OR seq < s.first_seq)),
      arg_min(event_time, seq) FILTER (kind_id = 3)) AS ready_at,
    min(event_time) FILTER (kind_id = 5) AS queued_at,
    min(event_time) FILTER (kind_id = 6) AS started_at,
    max(event_time) FILTER (kind_id IN (7, 11) AND CASE WHEN try_number IS NULL OR s.last_try IS NULL
      THEN s.last_at IS NULL OR event_time >= s.last_at ELSE try_number >= s.last_try END) AS ended_at,
    max(s.last_try) AS try_number,
    arg_max(CASE WHEN kind_id = 7 THEN o.name ELSE k.task_state END, seq) FILTER (k.task_state IS NOT NULL) AS state
  FROM event e JOIN event_kind k USING (kind_id)
  LEFT JOIN start s ON s.log_id = e.log_id AND s.task_run_id = e.task_run_id
  LEFT JOIN outcome o ON o.code = e.code
  WHERE e.task_run_id IS NOT NULL AND kind_id BETWEEN 2 AND 11 GROUP BY ALL
), output AS (
  SELECT e.log_id, coalesce(v.task_run_id, e.task_run_id) AS task_run_id,
    max(event_time) FILTER (kind_id = 15) AS finalized_at,
    max(event_time) FILTER (kind_id = 16) AS published_at
  FROM event e LEFT JOIN partition_version v USING (log_id, version_id)
  WHERE kind_id IN (15, 16) GROUP BY ALL
)
SELECT l.name AS log, p.namespace, p.name AS pipeline, t.name AS task, r.run_id, r.logical_key, tr.map_index,
  po.name AS pool, e.state, e.try_number, tr.deadline, e.ready_at, e.queued_at, e.started_at, e.ended_at,
  w.finalized_at, w.published_at, l.log_id, tr.task_run_id
FROM task_run tr
JOIN log l USING (log_id)
LEFT JOIN task t USING (log_id, task_id)
LEFT JOIN pipeline p ON p.log_id = tr.log_id AND p.pipeline_id = t.pipeline_id
LEFT JOIN pipeline_run r ON r.log_id = tr.log_id AND r.pipeline_run_id = tr.pipeline_run_id
LEFT JOIN pool po ON po.log_id = tr.log_id AND po.pool_id = tr.pool_id
LEFT JOIN own_event e ON e.log_id = tr.log_id AND e.task_run_id = tr.task_run_id
LEFT JOIN output w ON w.log_id = tr.log_id AND w.task_run_id = tr.task_run_id;
`;

const EVENT_VIEW = `
CREATE VIEW partition_version_view AS
SELECT l.name AS log, d.namespace, d.name AS dataset, k.text AS partition_key, v.version,
  p.name AS written_by_pipeline, t.name AS written_by_task, l.log_id, v.version_id, v.task_run_id
FROM partition_version v
JOIN log l USING (log_id)
LEFT JOIN dataset d USING (log_id, dataset_id)
LEFT JOIN text k ON k.log_id = v.log_id AND k.text_id = v.partition_key_text_id
LEFT JOIN task_run tr ON tr.log_id = v.log_id AND tr.task_run_id = v.task_run_id
LEFT JOIN task t ON t.log_id = v.log_id AND t.task_id = tr.task_id
LEFT JOIN pipeline p ON p.log_id = v.log_id AND p.pipeline_id = t.pipeline_id;

CREATE VIEW event_view AS
SELECT l.name AS log, e.seq, e.event_time, k.name AS kind, p.name AS pipeline, t.name AS task, r.run_id,
  r.logical_key, tr.map_index, e.try_number, v.dataset, v.partition_key, v.version,
  CASE WHEN e.kind_id IN (1, 7) THEN o.name END AS outcome,
  CASE WHEN e.kind_id = 4 THEN c.name END AS blocked_by,
  CASE WHEN e.kind_id = 14 THEN e.code = 1 END AS check_passed,
  CASE WHEN e.kind_id IN (7, 14, 15, 21) THEN e.value END AS row_count,
  CASE WHEN e.kind_id IN (4, 8) AND abs(e.value) < 9e15 THEN make_timestamp(e.value::BIGINT) END AS since_or_until,
  x.text, et.name AS time_evidence, es.name AS subject_evidence, ev.name AS value_evidence,
  e.ref_task_run_id, l.log_id, e.pipeline_run_id, e.task_run_id, e.version_id
FROM event e
JOIN log l USING (log_id)
JOIN event_kind k USING (kind_id)
LEFT JOIN task_run tr ON tr.log_id = e.log_id AND tr.task_run_id = e.task_run_id
LEFT JOIN pipeline_run r ON r.log_id = e.log_id AND r.pipeline_run_id = coalesce(e.pipeline_run_id, tr.pipeline_run_id)
LEFT JOIN task t ON t.log_id = e.log_id AND t.task_id = tr.task_id
LEFT JOIN pipeline p ON p.log_id = e.log_id AND p.pipeline_id = coalesce(t.pipeline_id, r.pipeline_id)
LEFT JOIN partition_version_view v ON v.log_id = e.log_id AND v.version_id = e.version_id
LEFT JOIN text x ON x.log_id = e.log_id AND x.text_id = e.text_id
LEFT JOIN outcome o ON o.code = e.code
LEFT JOIN block_cause c ON c.code = e.code
LEFT JOIN evidence et ON et.code = e.evidence & 3
LEFT JOIN evidence es ON es.code = (e.evidence >> 2) & 3
LEFT JOIN evidence ev ON ev.code = (e.evidence >> 4) & 3;
`;

const DEPENDENCY_VIEW = `
CREATE VIEW task_dependency_view AS
SELECT l.name AS log, p.name AS pipeline, t.name AS task, up.name AS upstream_pipeline, u.name AS upstream_task,
  d.satisfied_by, s.name AS dataset, l.log_id, d.task_id, d.upstream_task_id
FROM catalog_dependency d
JOIN log l USING (log_id)
LEFT JOIN catalog_task t ON t.log_id = d.log_id AND t.task_id = d.task_id
LEFT JOIN catalog_pipeline p ON p.log_id = d.log_id AND p.pipeline_id = t.pipeline_id
LEFT JOIN catalog_task u ON u.log_id = d.log_id AND u.task_id = d.upstream_task_id
LEFT JOIN catalog_pipeline up ON up.log_id = d.log_id AND up.pipeline_id = u.pipeline_id
LEFT JOIN catalog_dataset s ON s.log_id = d.log_id AND s.dataset_id = d.dataset_id;
`;

export const LOGS: Migration = {
  number: 1,
  name: 'logs',
  sql: TABLES + WORDS + TASK_RUN_VIEW + EVENT_VIEW + DEPENDENCY_VIEW,
};
