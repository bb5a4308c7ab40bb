import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { versionLabel } from '../../../../shared/model/log.ts';
import { describeCatalog, describeEvents, describeLog } from '../support/describe-log.ts';
import { FIXTURES, importQuietly, importText, onlyLog, printed } from '../support/import-here.ts';
import { DAY, event, parent } from '../support/lineage-text.ts';

const golden = (name: string): string => `../../../golden/importers/${name}`;

const eventsOf = async (...lines: string[]): Promise<string[]> =>
  describeEvents(onlyLog(await importText(lines.join('\n'))).log);

/** A run that writes `a` from one minute to another, and one that reads it. */
const write = (run: string, from: number, to: number): string[] => [
  event('START', from, { run, job: run, outputs: ['a'], facets: DAY }),
  event('COMPLETE', to, { run, job: run, facets: DAY }),
];
const read = (run: string, at: number): string => event('START', at, { run, job: run, inputs: ['a'], facets: DAY });

/** A task of the pipeline `dag`, from one minute to another. */
const task = (name: string, from: number, to: number): string[] => [
  event('START', from, { run: name, job: `dag.${name}`, facets: parent('dag', 'dag') }),
  event('COMPLETE', to, { run: name, job: `dag.${name}`, facets: parent('dag', 'dag') }),
];

describe('golden files', () => {
  it.each(['nightly.ndjson', 'definitions.json'])('%s', async (name) => {
    const outcome = await importQuietly(join(FIXTURES, name));
    const { catalog, log } = onlyLog(outcome);
    const { files, problemCount, errorCount } = outcome;
    const view = {
      files: files.map((file) => ({ ...file, file: name })),
      problems: printed(FIXTURES, outcome),
      problemCount,
      errorCount,
      catalog: describeCatalog(catalog),
      log: describeLog(log),
    };
    await expect(`${JSON.stringify(view, null, 2)}\n`).toMatchFileSnapshot(golden(`${name.split('.')[0]}.json`));
  });
});

describe('what is read of events', () => {
  it('is the same for a list, single lines and one object', async () => {
    const lines = readFileSync(join(FIXTURES, 'nightly.ndjson'), 'utf8').trim().split('\n');
    const asLines = onlyLog(await importText(lines.join('\n')));
    const asArray = onlyLog(
      await importText(
        JSON.stringify(
          lines.map((line) => JSON.parse(line)),
          null,
          2,
        ),
        'events.json',
      ),
    );
    expect(describeLog(asArray.log)).toEqual(describeLog(asLines.log));
    expect(asArray.contentHash).not.toBe(asLines.contentHash);
    expect(onlyLog(await importText(lines[0])).log.taskRuns.task).toHaveLength(1);
  });

  it('is the union of what all events of a run name', async () => {
    const { catalog, log } = onlyLog(
      await importText(
        [
          event('START', 0, { outputs: ['a'] }),
          event('RUNNING', 1, { outputs: ['b'], inputs: ['x'] }),
          event('COMPLETE', 2),
        ].join('\n'),
      ),
    );
    expect(catalog.datasets.name).toEqual(['a', 'b', 'x']);
    expect([...log.versions.number]).toEqual([1, 1, 0]);
    expect(describeEvents(log)).toEqual([
      '2025-12-25T01:00:00Z | run created | run r1 | recorded/recorded/recorded',
      '2025-12-25T01:00:00Z | task started | job | try 1 | recorded/recorded/recorded',
      '2025-12-25T01:00:00Z | open | job | try 1 | a[?] v1 | recorded/unknown/recorded',
      '2025-12-25T01:00:00Z | open | job | try 1 | b[?] v1 | inferred/unknown/recorded',
      '2025-12-25T01:00:00Z | read | job | try 1 | x[?] | inferred/unknown/unknown',
      '2025-12-25T01:01:00Z | heartbeat | job | try 1 | a[?] v1 | recorded/unknown/recorded',
      '2025-12-25T01:01:00Z | heartbeat | job | try 1 | b[?] v1 | recorded/unknown/recorded',
      '2025-12-25T01:02:00Z | finalized | job | try 1 | a[?] v1 | recorded/unknown/unknown',
      '2025-12-25T01:02:00Z | finalized | job | try 1 | b[?] v1 | recorded/unknown/unknown',
      '2025-12-25T01:02:00Z | task ended | job | try 1 | code 1 | recorded/recorded/unknown',
      '2025-12-25T01:02:00Z | run ended | run r1 | code 1 | recorded/recorded/recorded',
    ]);
  });

  it('leaves the start of a run without START unknown, and tells so', async () => {
    const outcome = await importText(event('COMPLETE', 2, { outputs: ['a'], inputs: ['x'], facets: DAY }));
    expect(describeEvents(onlyLog(outcome).log)).toEqual([
      '2025-12-25T01:02:00Z | finalized | job | try 1 | a[date=2025-12-24] v1 | recorded/inferred/unknown',
      '2025-12-25T01:02:00Z | task ended | job | try 1 | code 1 | recorded/recorded/unknown',
      '2025-12-25T01:02:00Z | run ended | run r1 | code 1 | recorded/recorded/recorded',
      'unknown | read | job | try 1 | x[?] | unknown/unknown/unknown',
    ]);
    expect(outcome.problems.map(({ reason }) => reason)).toEqual(['run "r1" has no START: when it started is unknown']);
  });

  it('numbers versions by first event, and gives a reader the last that was whole by its start', async () => {
    const lines = await eventsOf(
      ...write('w2', 1, 3),
      ...write('w1', 0, 8),
      read('r1', 2),
      read('r2', 3),
      read('r3', 9),
    );
    const of = (what: string): string[] =>
      lines.filter((line) => line.includes(`| ${what} |`)).map((line) => line.slice(11));
    expect(of('finalized')).toEqual([
      '01:03:00Z | finalized | w2 | try 1 | a[date=2025-12-24] v2 | recorded/inferred/unknown',
      '01:08:00Z | finalized | w1 | try 1 | a[date=2025-12-24] v1 | recorded/inferred/unknown',
    ]);
    expect(of('read')).toEqual([
      '01:02:00Z | read | r1 | try 1 | a[date=2025-12-24] | inferred/unknown/unknown',
      '01:03:00Z | read | r2 | try 1 | a[date=2025-12-24] v2 | inferred/inferred/unknown',
      '01:09:00Z | read | r3 | try 1 | a[date=2025-12-24] v1 | inferred/inferred/unknown',
    ]);
  });

  it('puts what ended before what began at the same instant, whatever the run ids', async () => {
    const lines = await eventsOf(
      event('START', 3, { run: 'a', job: 'reader', inputs: ['a'], facets: DAY }),
      event('COMPLETE', 5, { run: 'a', job: 'reader' }),
      ...write('z', 3, 3),
    );
    const steps = lines.map((line) => line.split(' | ').slice(1, 3).join(' of '));
    expect(steps.indexOf('finalized of z')).toBeLessThan(steps.indexOf('read of reader'));
    expect(lines.find((line) => line.includes('| read |'))).toContain('a[date=2025-12-24] v1');
  });

  it('does not take another partition for the one that was read', async () => {
    const hour = { nominalTime: { nominalStartTime: '2025-12-24T03:00:00Z', nominalEndTime: '2025-12-24T04:00:00Z' } };
    const lines = await eventsOf(
      event('START', 0, { run: 'w', job: 'w', outputs: ['a'], facets: hour }),
      event('COMPLETE', 1, { run: 'w', job: 'w' }),
      event('START', 2, { run: 'r', job: 'r', inputs: ['a'], facets: DAY }),
    );
    expect(lines.at(-1)).toContain('read | r | try 1 | a[?] | inferred/unknown/unknown');
  });

  it('never gives a run its own version to read', async () => {
    const lines = await eventsOf(
      event('START', 0, { inputs: ['a'], outputs: ['a'] }),
      event('COMPLETE', 0, { run: 'r1' }),
    );
    expect(lines.find((line) => line.includes('| read |'))).toContain('| a[?] |');
  });

  it('takes the ends of a run as they come: FAIL with its message, ABORT, and both ends of a confused one', async () => {
    const error = { errorMessage: { message: 'no route to postgres://etl:hunter2@db\nat line 3' } };
    const lines = await eventsOf(
      event('START', 0, { outputs: ['a'] }),
      event('FAIL', 1, { facets: error }),
      event('START', 2, { run: 'r2', job: 'j2', outputs: ['a'] }),
      event('ABORT', 3, { run: 'r2', job: 'j2' }),
      event('FAIL', 4, { run: 'r2', job: 'j2' }),
    );
    expect(lines.filter((line) => / \| (?:failed|task ended) \| /.test(line)).map((line) => line.slice(11))).toEqual([
      '01:01:00Z | failed | job | try 1 | a[?] v1 | no route to postgres://etl:***@db | recorded/unknown/recorded',
      '01:01:00Z | task ended | job | try 1 | code 2 | recorded/recorded/unknown',
      '01:03:00Z | failed | j2 | try 1 | a[?] v2 | the run was aborted | recorded/unknown/recorded',
      '01:03:00Z | task ended | j2 | try 1 | code 3 | recorded/recorded/unknown',
      '01:04:00Z | failed | j2 | try 1 | a[?] v2 | the run failed | recorded/unknown/recorded',
      '01:04:00Z | task ended | j2 | try 1 | code 2 | recorded/recorded/unknown',
    ]);
  });

  it('keeps an event whose facets are nonsense', async () => {
    const facets = { nominalTime: 7, parent: { run: {} }, airflow: { taskInstance: 'x' }, errorMessage: [] };
    const line = event('COMPLETE', 0, { facets, jobFacets: { airflow: { tasks: [1] }, ownership: { owners: 'me' } } });
    const outcome = await importText(line);
    expect(onlyLog(outcome).log.taskRuns.task).toHaveLength(1);
    expect(outcome.problems[0].reason).toBe('the facet parent has no run id or no job name: it was not read');
  });

  it('tells an input without a name and keeps the others', async () => {
    const line = JSON.parse(event('COMPLETE', 0, { inputs: ['a', 'b'] }));
    line.inputs[0] = { namespace: 'db' };
    const outcome = await importText(JSON.stringify(line));
    expect(onlyLog(outcome).catalog.datasets.name).toEqual(['b']);
    expect(printed('', outcome)[0]).toMatch(/^error .*:1: inputs\[0\] has no name: it was not read$/);
  });
});

describe('pipelines and tasks', () => {
  it('are found through every level of parents, to the topmost', async () => {
    const { catalog, log } = onlyLog(
      await importText(
        [
          event('START', 0, { run: 'dag', job: 'dag' }),
          event('START', 1, { run: 'task', job: 'dag.load', facets: parent('dag', 'dag') }),
          event('START', 2, { run: 'model', job: 'dbt.orders', facets: parent('task', 'dag.load') }),
        ].join('\n'),
      ),
    );
    expect(describeCatalog(catalog)).toMatchObject({ tasks: [{ name: 'dag.dbt.orders' }, { name: 'dag.load' }] });
    expect(log.runs.runId).toEqual(['dag']);
  });

  it('are found by the root facet where the parent never appears', async () => {
    const facets = {
      parent: {
        ...(parent('task', 'dag.load') as { parent: object }).parent,
        root: { run: { runId: 'dag' }, job: { namespace: 'shop', name: 'dag' } },
      },
    };
    const { catalog, log } = onlyLog(await importText(event('START', 2, { run: 'm', job: 'model', facets })));
    expect(catalog.pipelines.name).toEqual(['dag']);
    expect(catalog.tasks.name).toEqual(['load', 'model']);
    expect(log.runs.runId).toEqual(['dag']);
  });

  it('survive parents in a circle, and a run that is its own', async () => {
    const outcome = await importText(
      [
        event('START', 0, { run: 'b', job: 'B', facets: parent('a', 'A') }),
        event('START', 1, { run: 'a', job: 'A', facets: parent('b', 'B') }),
        event('START', 2, { run: 'c', job: 'C', facets: parent('b', 'B') }),
        event('START', 3, { run: 'd', job: 'D', facets: parent('d', 'D') }),
      ].join('\n'),
    );
    expect(onlyLog(outcome).catalog.pipelines.name).toEqual(['A', 'D']);
    expect(outcome.problems.map(({ reason }) => reason)).toEqual([
      'run "a" is above itself by its parents: it is taken for a pipeline run',
    ]);
  });

  it('keep a run id that two jobs share apart', async () => {
    const { log } = onlyLog(await importText([event('START', 0), event('START', 0, { job: 'other' })].join('\n')));
    expect(log.runs.runId).toEqual(['r1', 'r1']);
  });

  it('give two jobs that shorten to one name their whole names', async () => {
    const { catalog } = onlyLog(
      await importText(
        [
          event('START', 0, { run: 'a', job: 'dag.load', facets: parent('dag', 'dag') }),
          event('START', 1, { run: 'b', job: 'load', facets: parent('dag', 'dag') }),
        ].join('\n'),
      ),
    );
    expect(catalog.tasks.name).toEqual(['shop/dag.load', 'shop/load']);
  });

  it('give a pipeline that touches data itself a task of its own', async () => {
    const { catalog } = onlyLog(
      await importText(
        [
          event('COMPLETE', 0, { run: 'dag', job: 'dag', outputs: ['a'] }),
          event('START', 1, { run: 'a', job: 'dag.load', facets: parent('dag', 'dag') }),
        ].join('\n'),
      ),
    );
    expect(catalog.tasks.name).toEqual(['dag', 'load']);
  });

  it('refuse an order of tasks that goes in a circle, and keep the rest', async () => {
    const tasks = { a: { downstream_task_ids: ['b', 'gone'] }, b: { downstream_task_ids: ['a'] } };
    const outcome = await importText(event('START', 0, { job: 'dag', jobFacets: { airflow: { tasks } } }));
    expect(onlyLog(outcome).catalog.tasks.name).toEqual(['a', 'b']);
    expect(onlyLog(outcome).catalog.dependencies.task).toHaveLength(0);
    expect(outcome.problems.map(({ severity, line, reason }) => `${severity} ${line} ${reason}`)).toEqual([
      'warning 1 task "a" names "gone" as downstream: no such task',
      'error 1 the tasks of pipeline "dag" wait for each other in a cycle: "a -> b -> a"; its dependencies were not read',
    ]);
  });
});

describe('ready times', () => {
  const order = { airflow: { tasks: { a: { downstream_task_ids: ['c'] }, b: { downstream_task_ids: ['c'] }, c: {} } } };
  const dag = event('START', 0, { run: 'dag', job: 'dag', jobFacets: order });
  const readyOf = async (...lines: string[]): Promise<string[]> =>
    (await eventsOf(dag, ...lines)).filter((line) => line.includes('| task ready |')).map((line) => line.slice(11));

  it('are the start of the run, then the last upstream’s end, inferred', async () => {
    expect(await readyOf(...task('a', 1, 3), ...task('b', 1, 5), ...task('c', 6, 7))).toEqual([
      '01:00:00Z | task ready | dag.a | inferred/recorded/recorded',
      '01:00:00Z | task ready | dag.b | inferred/recorded/recorded',
      '01:05:00Z | task ready | dag.c | after dag.b | inferred/recorded/recorded',
    ]);
  });

  it('are unknown where an upstream is missing, has not ended, or ended after the start', async () => {
    const c = task('c', 6, 7);
    for (const upstream of [[], task('b', 1, 5).slice(0, 1), task('b', 1, 9)]) {
      expect(await readyOf(...task('a', 1, 3), ...upstream, ...c)).not.toContainEqual(expect.stringContaining('dag.c'));
    }
  });
});

describe('partitions that uses name themselves', () => {
  const versionsOf = async (...lines: string[]): Promise<string[]> => {
    const { log } = onlyLog(await importText(lines.join('\n')));
    return Array.from(log.versions.dataset, (_, i) => versionLabel(log, i));
  };

  it('are taken from the path at the end of a name, sorted, and are versions of one dataset', async () => {
    const out = (partition: string, run: string, minute: number): string =>
      event('COMPLETE', minute, { run, outputs: [`s3/sales/${partition}`] });
    expect(
      await versionsOf(
        out('date=2025-12-24/hour=03', 'r1', 1),
        out('hour=03/date=2025-12-24/', 'r2', 2),
        out('date=2025-12-25/hour=00', 'r3', 3),
      ),
    ).toEqual([
      's3/sales[date=2025-12-24/hour=03] v1',
      's3/sales[date=2025-12-24/hour=03] v2',
      's3/sales[date=2025-12-25/hour=00] v1',
    ]);
  });

  it('are taken from a subset facet, before the run’s nominal time; several at once are unknown', async () => {
    const subset = (...partitions: object[]): string => {
      const line = JSON.parse(event('COMPLETE', 1, { run: `r${partitions.length}`, facets: DAY, outputs: ['out'] }));
      line.outputs[0].outputFacets = { outputSubset: { outputCondition: { type: 'partition', partitions } } };
      return JSON.stringify(line);
    };
    const one = { identifier: 'x', dimensions: { region: 'eu', date: '2025-12-01' } };
    expect(await versionsOf(subset(one))).toEqual(['out[date=2025-12-01/region=eu] v1']);
    expect(await versionsOf(subset(one, one))).toEqual(['out[date=2025-12-24] v1']);
    expect(await versionsOf(subset({ identifier: 'part-7' }))).toEqual(['out[part-7] v1']);
  });

  it('lets one run write two partitions of a dataset, and a reader find the one that it names', async () => {
    const two = event('COMPLETE', 5, { run: 'w', outputs: ['t/date=2025-12-24', 't/date=2025-12-25'] });
    const reader = event('START', 9, { run: 'r', job: 'reader', inputs: ['t/date=2025-12-25'] });
    expect(await versionsOf(two, reader)).toEqual(['t[date=2025-12-24] v1', 't[date=2025-12-25] v1']);
    const { log } = onlyLog(await importText([two, reader].join('\n')));
    expect(describeEvents(log).filter((line) => line.includes('| read |'))).toEqual([
      expect.stringContaining('t[date=2025-12-25] v1'),
    ]);
  });
});
