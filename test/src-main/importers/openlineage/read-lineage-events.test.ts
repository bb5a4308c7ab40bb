import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { describeEvents } from '../support/describe-log.ts';
import { FIXTURES, importQuietly, importText, onlyLog, printed } from '../support/import-here.ts';
import { DAY, event } from '../support/lineage-text.ts';

describe('refused files', () => {
  it('that are templates, with the line of the first', async () => {
    const outcome = await importQuietly(join(FIXTURES, 'templates.json'));
    expect(outcome.entries).toEqual([]);
    expect(printed(FIXTURES, outcome)).toEqual([
      'error templates.json:6: run.runId is a template that nobody filled in: "{{ any(result) }}"; all 2 events are templates',
    ]);
  });

  it.each<[string, string, string]>([
    [
      '${json-unit.any-string}',
      JSON.stringify({ ...JSON.parse(event('START', 0)), run: { runId: '${json-unit.any-string}' } }),
      '1: run.runId is a template that nobody filled in: "${json-unit.any-string}"',
    ],
    [
      'a template in a name',
      event('START', 0, { outputs: ['s3/{{ ds }}/x'] }),
      '1: outputs[0].name is a template that nobody filled in: "s3/{{ ds }}/x"',
    ],
    [
      'a cut list',
      '[\n{"a": 1},\n{"b',
      '3: not JSON: the array is cut off, its closing bracket never comes; nothing of this file was read',
    ],
    ['a cut object', '{\n "eventTime": "2025', '2: cut off inside text'],
    ['an empty list', '[]', '1: an empty list: there is no event'],
    [
      'other JSON',
      '{"nodes": {}, "metadata": {}}',
      '1: no OpenLineage event: none of run, job and dataset is there; it has "nodes", "metadata"',
    ],
    [
      'lines of other JSON',
      '{"a": 1}\n{"b": 1}\n',
      '1: no OpenLineage event: none of run, job and dataset is there; it has "a"; none of the 2 events could be read',
    ],
    [
      'a list of numbers',
      '[1, 2]',
      '1: a number where an event (an object) should be; none of the 2 events could be read',
    ],
    [
      'no time',
      '{"run": {"runId": "x"}, "job": {"namespace": "n", "name": "j"}}',
      '1: eventTime is missing: text is wanted',
    ],
    [
      'a time without a zone',
      event('START', 0).replace('00Z', '00'),
      '1: eventTime is "2025-12-25T01:00:00": it has no zone, so it is not known when that was',
    ],
    [
      'no time at all',
      event('START', 0).replace('2025-12-25T01:00:00Z', 'yesterday'),
      '1: eventTime is "yesterday": an RFC 3339 time is wanted, as 1970-01-01T00:00:00Z',
    ],
    [
      'a stand-in for no end',
      event('START', 0).replace('2025-12-25T01:00:00Z', '9999-12-31T23:59:59Z'),
      '1: eventTime is "9999-12-31T23:59:59Z": a time of the years 1685 to 2254 is wanted',
    ],
    ['no run id', event('START', 0).replace('"r1"', '7'), '1: run.runId is a number: text is wanted'],
    [
      'no job',
      '{"eventTime": "2025-12-25T01:00:00Z", "run": {"runId": "x"}}',
      '1: job is missing: an object with a name is wanted',
    ],
    ['an empty name', event('START', 0, { job: '' }), '1: job.name is empty'],
  ])('%s', async (_, text, problem) => {
    const outcome = await importText(text);
    expect(outcome.entries).toEqual([]);
    expect(outcome.errorCount).toBe(1);
    expect(outcome.problems.map(({ line, reason }) => `${line}: ${reason}`)).toEqual([problem]);
  });

  it('that are not UTF-8, or hold a zero byte late', async () => {
    const good = event('COMPLETE', 0, { outputs: ['a'], facets: DAY }).padEnd(600);
    const outcome = await importText(Buffer.concat([Buffer.from(`${good}\n`), Buffer.from([0x22, 0xff, 0x22])]));
    expect(outcome.entries).toHaveLength(1);
    expect(outcome.problems.map(({ reason }) => reason)).toContain('not UTF-8 text');
  });
});

describe('files with some bad lines', () => {
  it('are read but for these, each told with its line, and how many', async () => {
    const good = event('START', 0, { facets: DAY });
    const lines = [good, 'rubbish', '{"cut": "', event('{{ type }}', 1), good.replace('r1', 'r2'), '[1]'];
    const outcome = await importText(lines.join('\n'));
    expect(onlyLog(outcome).log.runs.runId).toEqual(['r1', 'r2']);
    expect(outcome.files[0]).toMatchObject({ format: 'OpenLineage', read: 6, stored: 2, unit: 'events' });
    expect(outcome.errorCount).toBe(4);
    expect(outcome.problems.map(({ severity, line, reason }) => `${severity} ${line}: ${reason}`)).toEqual([
      'error 2: not JSON: "r" where a value should be',
      'error 3: cut off inside text',
      'error 4: eventType is a template that nobody filled in: "{{ type }}"',
      'error 6: a list where an event (an object) should be',
      'warning null: 4 of 6 events were not read',
    ]);
  });

  it('tell keys that come twice', async () => {
    const line = event('START', 0).replace('"eventType":"START"', '"eventType":"FAIL","eventType":"START"');
    const outcome = await importText(line);
    expect(outcome.problems.map(({ severity, reason }) => `${severity} ${reason}`)).toEqual([
      'warning the key "eventType" is there twice in one object: the last one counts',
    ]);
  });

  it('take an unknown type for OTHER, and tell so; a missing one silently', async () => {
    const lines = [event('DONE', 0), event('', 1), event('start', 2)];
    const outcome = await importText(lines.join('\n'));
    expect(outcome.problems.map(({ line, reason }) => `${line} ${reason}`)).toEqual([
      '1 eventType is "DONE": taken for OTHER',
    ]);
    expect(describeEvents(onlyLog(outcome).log).map((line) => line.slice(11, 40))).toEqual([
      '01:02:00Z | run created | run',
      '01:02:00Z | task started | jo',
    ]);
  });

  it('tell twenty faults of one event, and that there are more', async () => {
    const line = event('START', 0).replace('"inputs":[]', `"inputs":[${'{},'.repeat(99)}{}]`);
    const outcome = await importText(line);
    expect(outcome.errorCount).toBe(21);
    expect(outcome.problems.at(20)?.reason).toBe('and more of this event');
  });

  it('leave out an event of more than 10 MB', async () => {
    const large = event('START', 0).replace('{}', `{"x": [${'"y",'.repeat(2_700_000)}1]}`);
    const outcome = await importText(`${large}\n${event('START', 1, { run: 'r2' })}\n`);
    expect(onlyLog(outcome).log.runs.runId).toEqual(['r2']);
    expect(outcome.problems[0].reason).toMatch(/^an event of 1\d{7} bytes: at most 10485760 are read$/);
  });
});
