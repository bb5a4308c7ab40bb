// Real files that nobody here wrote, where LANDFALL_DATA names their folder: every OpenLineage file is imported or
// refused as its description says, every reference day is read without a problem, and nothing at all throws.

import { createReadStream, existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, it } from 'vitest';
import { checkOrdering } from '../../shared/analysis/ordering/check.ts';
import { taskLabel } from '../../shared/model/catalog.ts';
import { EventKind } from '../../shared/model/event.ts';
import type { Log } from '../../shared/model/log.ts';
import { dayCatalog } from '../../src-main/importers/reference-day/day-catalog.ts';
import { readDayFolder } from '../../src-main/importers/reference-day/read-day-folder.ts';
import { describeLog } from '../src-main/importers/support/describe-log.ts';
import { importQuietly, importText, onlyLog } from '../src-main/importers/support/import-here.ts';

const DATA = process.env.LANDFALL_DATA ?? '';
const EVENTS = join(DATA, 'openlineage/events');
const DAYS = join(DATA, 'reference-days');
const listed = (dir: string): string[] => (existsSync(dir) ? readdirSync(dir).toSorted() : []);

const importEventFile = (name: string) => importQuietly(join(EVENTS, name));
const countOf = (log: Log, kind: number): number =>
  log.chunks.reduce((sum, chunk) => sum + chunk.kind.filter((k) => k === kind).length, 0);

const isRefused = (name: string): boolean => name.startsWith('dbt-') || name.startsWith('flink-');

/** Why those are refused, and on which line. */
const refusal = (name: string): [number, RegExp] =>
  name.startsWith('dbt-')
    ? [5, /^run\.runId is a template that nobody filled in: "\{\{ any\(result\) \}\}"; all \d+ events are templates$/]
    : [1, /^no OpenLineage event: .*"_file", "event"; none of the 15 events could be read$/];

describe.skipIf(!DATA)('OpenLineage files', () => {
  it.each(listed(EVENTS).filter((name) => !isRefused(name)))('%s is imported without an error', async (name) => {
    const outcome = await importEventFile(name);
    expect(outcome.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(outcome.entries).toHaveLength(1);
    expect(outcome.files[0].stored).toBe(outcome.files[0].read);
    checkOrdering(onlyLog(outcome).log, { toleranceMs: 0, limit: 10 });
  });

  it.each(listed(EVENTS).filter(isRefused))('%s is refused with one located problem', async (name) => {
    const outcome = await importEventFile(name);
    expect(outcome.entries).toEqual([]);
    expect(outcome.problemCount).toBe(1);
    const [line, reason] = refusal(name);
    expect(outcome.problems[0].line).toBe(line);
    expect(outcome.problems[0].reason).toMatch(reason);
  });

  it('airflow.ndjson: 32 events, 3 DAG runs above 13 task runs, tasks in the order of the facet', async () => {
    const outcome = await importEventFile('airflow.ndjson');
    const { catalog, log } = onlyLog(outcome);
    expect(outcome.files[0]).toMatchObject({ read: 32, stored: 32 });
    expect(log.runs.runId).toHaveLength(3);
    expect(log.taskRuns.task).toHaveLength(13);
    expect(catalog.pipelines.name).toEqual(['BQ', 'dag', 'gcs_hook']);
    expect(new Set(log.runs.logicalKey)).toEqual(new Set(['date=2024-11-26/hour=13']));
    const { task, upstream } = catalog.dependencies;
    const edges = Array.from(task, (t, i) => `${taskLabel(catalog, upstream[i])} -> ${taskLabel(catalog, t)}`);
    expect(edges).toHaveLength(12);
    expect(edges).toEqual(
      expect.arrayContaining(['BQ.upload -> BQ.copy', 'gcs_hook.copy_task -> gcs_hook.compose_task']),
    );
    expect(countOf(log, EventKind.taskReady)).toBe(13);
    expect(countOf(log, EventKind.taskQueued)).toBe(13);
    expect(countOf(log, EventKind.versionFinalized)).toBe(10);
  });

  it('airflow.ndjson: nobody read too early, as far as can be told', async () => {
    const { log } = onlyLog(await importEventFile('airflow.ndjson'));
    const report = checkOrdering(log, { toleranceMs: 0, limit: 10 });
    expect([report.reads, report.versions, report.proved]).toEqual([14, 10, 0]);
  });

  it('marquez-seed: 26 events, 13 jobs, one check that failed, and readers that overlap their writers', async () => {
    const outcome = await importEventFile('marquez-seed-food_delivery.json');
    const { catalog, log } = onlyLog(outcome);
    expect(outcome.files[0]).toMatchObject({ read: 26, stored: 26 });
    expect(catalog.pipelines.name).toHaveLength(13);
    expect(new Set(catalog.pipelines.domain)).toEqual(new Set(['food_delivery']));
    expect(log.taskRuns.task).toHaveLength(13);
    expect(countOf(log, EventKind.versionChecked)).toBe(1);
    const report = checkOrdering(log, { toleranceMs: 0, limit: 100 });
    expect(report.rules.find(({ rule }) => rule === 'no-read-before-finalize')).toMatchObject({
      proved: 0,
      overlap: 14,
    });
  });

  it('CLL: outputs are the union of a run’s events, and one run of four has no START', async () => {
    const { catalog, log } = onlyLog(await importEventFile('CLL.ndjson'));
    expect(catalog.datasets.name.map((name) => basename(name))).toEqual(['cll_source1', 'cll_source2', 'tbl1']);
    expect(countOf(log, EventKind.taskStarted)).toBe(2);
    expect(countOf(log, EventKind.taskEnded)).toBe(3);
  });

  it('the Spark application that never appears is a pipeline run all the same', async () => {
    const outcome = await importEventFile('spark_dataproc_simple_producer_test.ndjson');
    expect(onlyLog(outcome).catalog.pipelines.name).toEqual(['cl_i_test_application']);
    expect(outcome.problems[0].reason).toContain('never appears');
  });

  it('airflow.ndjson in any order is the same log', async () => {
    const text = readFileSync(join(EVENTS, 'airflow.ndjson'), 'utf8').trim();
    const [sorted, turned] = await Promise.all(
      [text.split('\n').toSorted(), text.split('\n').toReversed()].map((lines) => importText(lines.join('\n'))),
    );
    expect(describeLog(onlyLog(turned).log)).toEqual(describeLog(onlyLog(sorted).log));
  });
});

describe.skipIf(!DATA)('reference days', () => {
  it.each(listed(DAYS))('%s is read without a problem, as many tasks as it has answers', async (name) => {
    const { day, problems } = await readDayFolder(join(DAYS, name));
    expect(problems).toEqual([]);
    let answers = 0;
    for await (const _ of createInterface(createReadStream(join(DAYS, name, 'expected.csv')))) answers++;
    expect(day?.taskCount).toBe(answers);
    expect(day && dayCatalog(day).tasks.name).toHaveLength(answers);
  });
});

describe.skipIf(!DATA)('files of other formats', () => {
  const others = [
    'dbt',
    'alibaba',
    'argo',
    'nextflow',
    'mozilla-bqetl',
    'incidents',
    'wta',
    'wfcommons',
    'airflow',
    'openlineage/spec',
  ];

  it.each(others)('%s: each is refused with exactly one located error', async (folder) => {
    const outcome = await importQuietly(join(DATA, folder));
    expect(outcome.entries).toEqual([]);
    expect(outcome.files.length).toBeGreaterThan(0);
    expect(outcome.errorCount).toBe(outcome.files.length);
    for (const { line, reason } of outcome.problems) {
      expect(line).toBeGreaterThan(0);
      expect(reason.length).toBeLessThan(400);
    }
  });
});
