// Migration 2: what the ledger holds, as tables that only grow, and what people ask of it, as views. Frozen once
// released, as migration 1.
// Everything is ordered by seq, so a moment is a seq: the state as of a moment is the last step up to it. Every millionth
// seq or so the state of all partitions is kept (ledger_state), so that an old moment does not read everything before.
// Statuses are those of the lifecycle (LEDGER); names of columns are OpenLineage's and Airflow's where they have one.

import type { Migration } from './migration.ts';

const TABLES = `
CREATE TABLE ledger_position (applied_seq BIGINT NOT NULL, step_rows BIGINT NOT NULL, state_seq BIGINT NOT NULL);
INSERT INTO ledger_position VALUES (0, 0, 0);

CREATE TABLE ledger_partition (
  partition_id INTEGER NOT NULL, namespace VARCHAR NOT NULL, dataset VARCHAR NOT NULL, partition_key VARCHAR NOT NULL);
CREATE TABLE ledger_version (
  seq BIGINT NOT NULL, partition_id INTEGER NOT NULL, version INTEGER NOT NULL, run_id VARCHAR NOT NULL,
  try_number INTEGER NOT NULL, pipeline VARCHAR, task VARCHAR, logical_key VARCHAR, parent_run_id VARCHAR,
  opened_at TIMESTAMP);
CREATE TABLE ledger_step (
  seq BIGINT NOT NULL, kind_id UTINYINT NOT NULL, event_time TIMESTAMP, received_time TIMESTAMP,
  partition_id INTEGER NOT NULL, version INTEGER NOT NULL, row_count DOUBLE, byte_size DOUBLE,
  schema_fingerprint VARCHAR, null_rates VARCHAR, newest_at TIMESTAMP, note VARCHAR);
CREATE TABLE ledger_input (
  seq BIGINT NOT NULL, run_id VARCHAR NOT NULL, try_number INTEGER NOT NULL, namespace VARCHAR NOT NULL,
  dataset VARCHAR NOT NULL, partition_key VARCHAR NOT NULL, version INTEGER);
CREATE TABLE ledger_gate (seq BIGINT NOT NULL, namespace VARCHAR NOT NULL, dataset VARCHAR NOT NULL, gate VARCHAR);
CREATE TABLE ledger_observation (
  seq BIGINT NOT NULL, event_time TIMESTAMP, received_time TIMESTAMP, content_hash VARCHAR NOT NULL,
  event VARCHAR NOT NULL);
CREATE TABLE ledger_state (
  as_of_seq BIGINT NOT NULL, partition_id INTEGER NOT NULL, version INTEGER NOT NULL, status VARCHAR NOT NULL,
  readable_version INTEGER NOT NULL);
`;

// status: what a step makes of its version; NULL where it changes nothing.
const WORDS = `
CREATE TABLE ledger_step_kind (kind_id UTINYINT NOT NULL, name VARCHAR NOT NULL, status VARCHAR);
INSERT INTO ledger_step_kind VALUES
  (0, 'open', 'RUNNING'), (1, 'heartbeat', NULL), (2, 'check passed', NULL), (3, 'check failed', 'FAILED'),
  (4, 'finalize', 'SUCCESS'), (5, 'publish', 'SUCCESS'), (6, 'fail', 'FAILED'), (7, 'expire', 'EXPIRED'),
  (8, 'supersede', 'SUPERSEDED'), (9, 'marker', NULL);
`;

const VERSION_VIEW = `
CREATE VIEW ledger_version_view AS
WITH step AS (
  SELECT s.partition_id, s.version,
    arg_max(k.status, s.seq) FILTER (k.status IS NOT NULL) AS status,
    max(s.event_time) FILTER (kind_id = 1) AS heartbeat_at,
    min(s.event_time) FILTER (kind_id = 4) AS finalized_at,
    min(s.event_time) FILTER (kind_id = 5) AS published_at,
    arg_max(s.row_count, s.seq) FILTER (s.row_count IS NOT NULL) AS row_count,
    arg_max(s.byte_size, s.seq) FILTER (s.byte_size IS NOT NULL) AS byte_size,
    arg_max(s.null_rates, s.seq) FILTER (s.null_rates IS NOT NULL) AS null_rates,
    arg_max(s.schema_fingerprint, s.seq) FILTER (s.schema_fingerprint IS NOT NULL) AS schema_fingerprint,
    arg_max(kind_id = 2, s.seq) FILTER (kind_id IN (2, 3)) AS quality_passed,
    arg_max(s.note, s.seq) FILTER (kind_id IN (3, 6, 7, 8)) AS reason,
    arg_max(s.note, s.seq) FILTER (kind_id = 9) AS marker
  FROM ledger_step s JOIN ledger_step_kind k USING (kind_id) GROUP BY ALL
)
SELECT p.namespace, p.dataset, p.partition_key, v.version, s.status, v.run_id, v.try_number, v.pipeline, v.task,
  v.logical_key, v.opened_at, s.heartbeat_at, s.finalized_at, s.published_at, s.row_count, s.byte_size, s.null_rates,
  s.schema_fingerprint, s.quality_passed, s.reason, s.marker, v.seq AS opened_seq, v.partition_id
FROM ledger_version v
JOIN ledger_partition p USING (partition_id)
LEFT JOIN step s ON s.partition_id = v.partition_id AND s.version = v.version;
`;

// A run is RUNNING while one of its last try's versions is; SUCCESS when all are; else it failed.
const RUN_VIEW = `
CREATE VIEW ledger_run_view AS
WITH output AS (
  SELECT v.*, max(try_number) OVER (PARTITION BY run_id) AS last_try FROM ledger_version_view v
)
SELECT run_id, last_try AS try_number, any_value(pipeline) AS pipeline, any_value(task) AS task,
  any_value(logical_key) AS logical_key,
  CASE WHEN bool_or(status = 'RUNNING' AND try_number = last_try) THEN 'RUNNING'
    WHEN bool_and(status = 'SUCCESS' OR try_number < last_try) THEN 'SUCCESS' ELSE 'FAILED' END AS status,
  min(opened_at) AS started_at,
  CASE WHEN NOT bool_or(status = 'RUNNING' AND try_number = last_try)
    THEN max(finalized_at) FILTER (try_number = last_try) END AS ended_at,
  sum(row_count) FILTER (try_number = last_try AND status = 'SUCCESS') AS row_count,
  count(*) FILTER (try_number = last_try) AS outputs
FROM output GROUP BY run_id, last_try;
`;

// Inputs are named, not numbered: a partition may be read of which no version was ever opened here.
const LINEAGE_VIEWS = `
CREATE VIEW ledger_lineage_view AS
SELECT i.run_id, i.try_number, o.namespace, o.dataset, o.partition_key, o.version, o.status,
  i.namespace AS input_namespace, i.dataset AS input_dataset, i.partition_key AS input_partition_key,
  i.version AS input_version, i.seq
FROM ledger_input i JOIN ledger_version_view o USING (run_id, try_number);

CREATE VIEW ledger_stale_run_view AS
WITH newest AS (
  SELECT p.namespace, p.dataset, p.partition_key, max(s.version) AS version, arg_max(s.seq, s.version) AS seq
  FROM ledger_step s JOIN ledger_partition p USING (partition_id) WHERE s.kind_id = 4 GROUP BY ALL
)
SELECT i.run_id, i.try_number, i.namespace AS input_namespace, i.dataset AS input_dataset,
  i.partition_key AS input_partition_key, i.version AS read_version, n.version AS newest_version,
  n.seq AS finalized_seq
FROM ledger_input i JOIN newest n USING (namespace, dataset, partition_key) WHERE n.version > i.version;

CREATE VIEW ledger_quality_view AS
SELECT p.namespace, p.dataset, p.partition_key, s.version, s.event_time AS checked_at, s.kind_id = 2 AS passed,
  s.row_count, s.byte_size, s.null_rates, s.schema_fingerprint, s.newest_at, s.note AS reason, s.seq
FROM ledger_step s JOIN ledger_partition p USING (partition_id) WHERE s.kind_id IN (2, 3);
`;

// The key orders steps by (version, seq) in one number: a version has fewer than 2^22, a ledger fewer than 2^41.
const STATE = `
CREATE MACRO ledger_state_as_of(wanted_seq) AS TABLE
WITH base AS (
  SELECT coalesce(max(as_of_seq), 0) AS seq FROM ledger_state WHERE as_of_seq <= wanted_seq
), step AS (
  SELECT partition_id, version, status, readable_version, version::BIGINT * 2199023255552 AS place
  FROM ledger_state WHERE as_of_seq = (SELECT seq FROM base)
  UNION ALL
  SELECT s.partition_id, s.version, k.status, CASE WHEN s.kind_id = 4 THEN s.version ELSE 0 END,
    s.version::BIGINT * 2199023255552 + s.seq
  FROM ledger_step s JOIN ledger_step_kind k USING (kind_id)
  WHERE k.status IS NOT NULL AND s.seq > (SELECT seq FROM base) AND s.seq <= wanted_seq
)
SELECT partition_id, max(version) AS version, arg_max(status, place) AS status,
  max(readable_version) AS readable_version
FROM step GROUP BY partition_id;

CREATE MACRO ledger_state_at(wanted_time) AS TABLE
SELECT * FROM ledger_state_as_of((
  SELECT coalesce(max(seq), 0) FROM ledger_step WHERE received_time <= wanted_time));

CREATE VIEW ledger_partition_view AS
SELECT p.namespace, p.dataset, p.partition_key, s.version, s.status,
  nullif(s.readable_version, 0) AS readable_version, s.partition_id
FROM ledger_state_as_of((SELECT applied_seq FROM ledger_position)) s
JOIN ledger_partition p USING (partition_id);
`;

export const LEDGER: Migration = {
  number: 2,
  name: 'ledger',
  sql: TABLES + WORDS + VERSION_VIEW + RUN_VIEW + LINEAGE_VIEWS + STATE,
};
