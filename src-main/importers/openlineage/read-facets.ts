// Reads the facets that matter here. A facet is a courtesy of whoever wrote it: one that is missing, misshapen or
// wrong gives unknown, and the event it came with is kept.

import { parseInstant } from '../../../shared/base/time.ts';
import {
  asArray,
  asNumber,
  asObject,
  asText,
  ExactInteger,
  type JsonObject,
  type JsonValue,
} from '../json/json-value.ts';
import { maskSecrets } from '../text/mask-secrets.ts';
import type { DeclaredTask, NominalTime, QualityCheck, TaskInstanceFacts } from './lineage-event.ts';
import type { NamePool } from './name-pool.ts';
import { partitionKeyOf, sortedKey } from './partition-key.ts';
import { isTemplate } from './template.ts';

const MESSAGE_CHARACTERS_MAX = 300;
const FAILED_NAMED_MAX = 5;
/** One empty list for all that declare nothing. */
const NOTHING: readonly DeclaredTask[] = [];

const instant = (value: JsonValue | undefined): number => parseInstant(asText(value)) ?? Number.NaN;

export function readNominalTime(facets: JsonObject | null, pool: NamePool): NominalTime | null {
  const facet = asObject(facets?.nominalTime);
  const startText = asText(facet?.nominalStartTime);
  const startUs = instant(startText);
  if (Number.isNaN(startUs)) return null;
  const endUs = instant(facet?.nominalEndTime);
  return pool.nominal({ startUs, endUs, key: pool.keep(partitionKeyOf(startText, startUs, endUs)) });
}

/** The owners' names, or "" (a masked `***` is nobody). */
export function readOwner(jobFacets: JsonObject | null, runFacets: JsonObject | null, pool: NamePool): string {
  const owners = asArray(asObject(jobFacets?.ownership)?.owners).map((owner) => asText(asObject(owner)?.name));
  const named = owners.filter((name) => /[^*]/.test(name) && !isTemplate(name));
  if (named.length > 0) return pool.keep(named.join(', '));
  const owner = asText(dagOf(runFacets)?.owner);
  return /[^*]/.test(owner) ? pool.keep(owner) : '';
}

/** Cron text or preset of the DAG; "" when there is none. */
export function readSchedule(runFacets: JsonObject | null, pool: NamePool): string {
  const dag = dagOf(runFacets);
  const schedule = asText(dag?.timetable_summary) || asText(dag?.schedule_interval);
  return schedule === 'None' ? '' : pool.keep(schedule);
}

const dagOf = (facets: JsonObject | null): JsonObject | null =>
  asObject((asObject(facets?.airflowDagRun) ?? asObject(facets?.airflow))?.dag);

export function readDeclaredTasks(jobFacets: JsonObject | null, pool: NamePool): readonly DeclaredTask[] {
  const tasks = asObject(asObject(jobFacets?.airflow)?.tasks);
  if (tasks === null) return NOTHING;
  return Object.entries(tasks).map(([name, task]) => ({
    name: pool.keep(name),
    downstream: asArray(asObject(task)?.downstream_task_ids)
      .filter((id) => typeof id === 'string')
      .map((id) => pool.keep(id)),
  }));
}

export function readTaskInstance(runFacets: JsonObject | null, pool: NamePool): TaskInstanceFacts | null {
  const airflow = asObject(runFacets?.airflow);
  const instance = asObject(airflow?.taskInstance);
  if (instance === null) return null;
  const task = asObject(airflow?.task);
  return {
    queuedUs: instant(instance.queued_dttm),
    tryNumber: wholeNumber(instance.try_number) ?? 0,
    mapIndex: wholeNumber(instance.map_index) ?? (task?.mapped === false ? -1 : null),
    pool: pool.keep(asText(instance.pool)),
    priority: wholeNumber(task?.priority_weight) ?? 0,
  };
}

function wholeNumber(value: JsonValue | undefined): number | null {
  const number = asNumber(value);
  return Number.isInteger(number) && Math.abs(number) < 2_147_483_648 ? number : null;
}

/** The first line of the errorMessage facet, shortened. */
export function readError(runFacets: JsonObject | null): string {
  const [line] = asText(asObject(runFacets?.errorMessage)?.message).trim().split('\n', 1);
  return maskSecrets(line.slice(0, MESSAGE_CHARACTERS_MAX));
}

/**
 * Rows by `outputStatistics`, `inputStatistics` or `dataQualityMetrics`; NaN when unknown. A count that a double cannot
 * hold exactly is given as its digits: it is unknown to everything that counts.
 */
export function readRowCount(facets: JsonObject): number | ExactInteger {
  for (const name of ['outputStatistics', 'inputStatistics', 'dataQualityMetrics']) {
    const rows = asObject(facets[name])?.rowCount;
    if (rows instanceof ExactInteger) return rows;
    if (typeof rows === 'number' && Number.isSafeInteger(rows) && rows >= 0) return rows;
  }
  return Number.NaN;
}

/** Assertions as one check: passed when every one that may stop a pipeline passed. */
export function readCheck(facets: JsonObject): QualityCheck | null {
  const assertions = asArray(asObject(facets.dataQualityAssertions)?.assertions)
    .map((assertion) => asObject(assertion))
    .filter((assertion) => typeof assertion?.success === 'boolean');
  if (assertions.length === 0) return null;
  const failed = assertions.filter((a) => a?.success === false && asText(a.severity).toLowerCase() !== 'warn');
  if (failed.length === 0) return { isPassed: true, reason: `${assertions.length} assertions passed` };
  const names = failed.slice(0, FAILED_NAMED_MAX).map((a) => assertionName(a ?? {}));
  const more = failed.length > FAILED_NAMED_MAX ? ', …' : '';
  return {
    isPassed: false,
    reason: `${failed.length} of ${assertions.length} assertions failed: ${names.join(', ')}${more}`,
  };
}

function assertionName(assertion: JsonObject): string {
  const name = (asText(assertion.assertion) || asText(assertion.name)).slice(0, 60);
  const column = asText(assertion.column).slice(0, 60);
  return column === '' ? name : `${name}(${column})`;
}

export const isDropped = (facets: JsonObject): boolean =>
  asText(asObject(facets.lifecycleStateChange)?.lifecycleStateChange).toUpperCase() === 'DROP';

/**
 * The one partition that a subset facet names (OpenLineage's InputSubset and OutputSubset, condition `partition`); ""
 * when there is none, or several: then it is not known which rows belong to which.
 */
export function readPartition(facets: JsonObject): string {
  const input = asObject(asObject(facets.inputSubset)?.inputCondition);
  const output = asObject(asObject(facets.outputSubset)?.outputCondition);
  const condition = output ?? input;
  if (asText(condition?.type) !== 'partition') return '';
  const [only, ...others] = asArray(condition?.partitions);
  const partition = asObject(only);
  if (partition === null || others.length > 0) return '';
  const parts = Object.entries(asObject(partition.dimensions) ?? {}).map(([name, value]) => `${name}=${asText(value)}`);
  if (parts.length > 0) return parts.some((part) => isTemplate(part) || part.endsWith('=')) ? '' : sortedKey(parts);
  const identifier = asText(partition.identifier);
  return isTemplate(identifier) ? '' : identifier;
}
