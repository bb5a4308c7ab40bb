// Ready-made queries over the views that matter, as text that people read, run and change: of the log that is looked at,
// and of the live ledger. Pure. A name goes into a query as a literal.

export interface Example {
  readonly id: string;
  readonly title: string;
  /** What comes back, in a few words. */
  readonly about: string;
  readonly sql: string;
}

export interface ExampleGroup {
  readonly id: 'log' | 'ledger';
  readonly title: string;
  readonly examples: readonly Example[];
}

/** `log`: by name; null for the newest one. */
export const examplesOf = (log: string | null): readonly ExampleGroup[] => [
  { id: 'log', title: log ?? 'the newest log', examples: logExamples(log) },
  { id: 'ledger', title: 'the live ledger', examples: LEDGER_EXAMPLES },
];

const NEWEST = '(SELECT max_by(name, last_event_time) FROM log)';
const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

function logExamples(name: string | null): Example[] {
  const log = name === null ? NEWEST : literal(name);
  return [
    {
      id: 'runs',
      title: 'How did the runs go?',
      about: 'each pipeline: tasks, failures, first start, last end',
      sql: `SELECT pipeline, count(*) AS tasks,
  count(*) FILTER (state <> 'success') AS not_success,
  min(started_at) AS started_at, max(ended_at) AS ended_at,
  round(date_diff('second', min(started_at), max(ended_at)) / 60, 1) AS minutes
FROM task_run_view
WHERE log = ${log}
GROUP BY pipeline
ORDER BY ended_at DESC`,
    },
    {
      id: 'late',
      title: 'What landed late?',
      about: 'deadlines that were missed, and by how much',
      sql: `SELECT pipeline, task, logical_key, deadline, published_at AS landed_at,
  round(date_diff('second', deadline, published_at) / 60, 1) AS minutes_late
FROM task_run_view
WHERE log = ${log}
  AND (published_at > deadline OR (deadline IS NOT NULL AND published_at IS NULL))
ORDER BY minutes_late DESC NULLS FIRST`,
    },
    {
      id: 'early',
      title: 'What was read before it was whole?',
      about: 'readers that started before the partition was finalized',
      sql: `WITH whole AS (
  SELECT dataset, partition_key, min(event_time) AS finalized_at
  FROM event_view
  WHERE log = ${log} AND kind = 'finalized'
  GROUP BY ALL
)
SELECT pipeline, task, dataset, partition_key, event_time AS read_at, finalized_at,
  round(date_diff('second', event_time, finalized_at) / 60, 1) AS minutes_early
FROM event_view JOIN whole USING (dataset, partition_key)
WHERE log = ${log} AND kind = 'read' AND event_time < finalized_at
ORDER BY minutes_early DESC`,
    },
    {
      id: 'open',
      title: 'What was opened and never made whole?',
      about: 'versions without a finalize: readers must not see them',
      sql: `SELECT dataset, partition_key, version,
  min(event_time) FILTER (kind = 'open') AS opened_at,
  max(event_time) AS last_seen_at,
  max_by(kind, seq) AS last_event
FROM event_view
WHERE log = ${log}
  AND kind IN ('open', 'heartbeat', 'checked', 'finalized', 'failed', 'expired', 'superseded')
GROUP BY dataset, partition_key, version
HAVING count(*) FILTER (kind = 'finalized') = 0
ORDER BY opened_at`,
    },
    {
      id: 'upstream',
      title: 'What is upstream of a dataset?',
      about: 'three levels up from the dataset that landed latest; change its name',
      sql: `WITH RECURSIVE wanted AS ( -- or: SELECT 'features.user_daily' AS dataset
  SELECT dataset
  FROM partition_version_view JOIN task_run_view USING (log_id, task_run_id)
  WHERE task_run_view.log = ${log} AND deadline IS NOT NULL
  ORDER BY published_at - deadline DESC LIMIT 1
), edge AS (
  SELECT DISTINCT written.name AS dataset, pipeline.name AS written_by, source.name AS reads
  FROM catalog_output o
  JOIN log ON log.log_id = o.log_id AND log.name = ${log}
  JOIN catalog_dataset written ON written.log_id = o.log_id AND written.dataset_id = o.dataset_id
  JOIN catalog_task task ON task.log_id = o.log_id AND task.task_id = o.task_id
  JOIN catalog_pipeline pipeline ON pipeline.log_id = o.log_id AND pipeline.pipeline_id = task.pipeline_id
  JOIN catalog_input i ON i.log_id = o.log_id AND i.task_id = o.task_id
  JOIN catalog_dataset source ON source.log_id = o.log_id AND source.dataset_id = i.dataset_id
), up AS (
  SELECT 1 AS depth, edge.* FROM edge JOIN wanted USING (dataset)
  UNION
  SELECT depth + 1, edge.* FROM up JOIN edge ON edge.dataset = up.reads
  WHERE depth < 3
)
SELECT * FROM up ORDER BY depth, dataset, reads`,
    },
    {
      id: 'quality',
      title: 'How many rows, and were they checked?',
      about: 'each dataset over all logs: checks, usual rows, and the newest against them',
      sql: `WITH written AS (
  SELECT dataset, partition_key,
    max(event_time) FILTER (kind = 'finalized') AS finalized_at,
    bool_and(check_passed) AS check_passed,
    max(row_count) FILTER (kind = 'finalized') AS rows_written
  FROM event_view
  WHERE kind IN ('checked', 'finalized')
  GROUP BY dataset, partition_key
)
SELECT dataset, count(*) AS partitions,
  count(check_passed) AS checked, count(*) FILTER (NOT check_passed) AS not_passed,
  min(rows_written) AS least_rows, median(rows_written) AS usual_rows, max(rows_written) AS most_rows,
  max_by(rows_written, finalized_at) AS newest_rows,
  round(newest_rows / usual_rows, 2) AS of_usual
FROM written
GROUP BY dataset
ORDER BY checked DESC, abs(of_usual - 1) DESC, dataset`,
    },
  ];
}

const LEDGER_EXAMPLES: readonly Example[] = [
  {
    id: 'ledger-open',
    title: 'Which partitions are open now?',
    about: 'who holds them, and when they were last heard of',
    sql: `SELECT namespace, dataset, partition_key, version, run_id, opened_at,
  coalesce(heartbeat_at, opened_at) AS last_heard_at
FROM ledger_version_view
WHERE status = 'RUNNING'
ORDER BY last_heard_at`,
  },
  {
    id: 'ledger-stale',
    title: 'Which runs read what is stale by now?',
    about: 'they read a version of which a newer one is whole',
    sql: `SELECT run_id, input_dataset, input_partition_key, read_version, newest_version, finalized_seq
FROM ledger_stale_run_view
ORDER BY finalized_seq DESC`,
  },
  {
    id: 'ledger-lineage',
    title: 'What was the newest version made from?',
    about: 'by the versions that were read, three levels up',
    sql: `WITH RECURSIVE up AS (
  SELECT 1 AS depth, l.* FROM ledger_lineage_view l
  WHERE seq = (SELECT max(seq) FROM ledger_lineage_view)
  UNION
  SELECT depth + 1, l.* FROM up JOIN ledger_lineage_view l
    ON l.namespace = up.input_namespace AND l.dataset = up.input_dataset
    AND l.partition_key = up.input_partition_key AND l.version = up.input_version
  WHERE depth < 3
)
SELECT depth, dataset, partition_key, version, status, run_id,
  input_dataset, input_partition_key, input_version
FROM up ORDER BY depth, dataset`,
  },
  {
    id: 'ledger-quality',
    title: 'How did the checks go?',
    about: 'every check: passed or not, rows, null rates, why',
    sql: `SELECT dataset, partition_key, version, checked_at, passed, row_count, null_rates, reason
FROM ledger_quality_view
ORDER BY seq DESC`,
  },
];
