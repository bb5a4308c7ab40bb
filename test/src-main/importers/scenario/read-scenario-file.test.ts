// Scenario files as a person gets them back: every refusal with its place, `file:line: reason`.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatProblem } from '../../../../shared/base/problem.ts';
import { readScenarioFile, readScenarioText } from '../../../../src-main/importers/scenario/read-scenario-file.ts';

const problems = (text: string): string[] => readScenarioText(text, 'night.yaml').problems.map(formatProblem);

const TEN_LINES = `version: 1
horizon: 20d
warmUp: 1d
pools: {servers: 2}
pipelines:
  job:
    schedule: {poisson: 1.5 per second}
    tasks:
      serve: {duration: {exponential: {mean: 1s}}, pool: servers}
`;

describe('a scenario file', () => {
  it('of ten lines is a queue', () => {
    const { scenario, problems } = readScenarioText(TEN_LINES, 'mm2.yaml');
    expect(problems).toEqual([]);
    expect(scenario?.workload.pools[0]).toEqual({ name: 'servers', slots: 2, slowdown: [] });
  });

  it('may be JSON, begin with a byte order mark and end its lines as Windows does', () => {
    const document = { version: 1, pipelines: { p: { schedule: '@daily', tasks: { t: '5m' } } } };
    expect(problems(`\ufeff${JSON.stringify(document, null, 2).replaceAll('\n', '\r\n')}`)).toEqual([]);
  });

  it('may say a thing once and refer to it', () => {
    const text = `version: 1
pipelines:
  p:
    schedule: "@daily"
    tasks:
      a: &usual {duration: {lognormal: {median: 5m, sigma: 0.3}}}
      b: *usual
`;
    expect(readScenarioText(text, 'x').scenario?.workload.pipelines[0].tasks).toHaveLength(2);
  });
});

describe('refusals carry their line', () => {
  it.each([
    ['version: 1\nhorizon: 2\n', 'night.yaml:2: horizon: 2 has no unit: write 2s, 2m, 2h or 2ms'],
    [
      'version: 1\n\n# a note\nhoirzon: 2d\n',
      'night.yaml:4: hoirzon: a scenario has no "hoirzon" (did you mean "horizon"?)',
    ],
    ['horizon: 2d\n', 'night.yaml:1: version: the format’s version is wanted: version: 1'],
    [
      'version: 1\npipelines:\n  p:\n    schedule: "@daily"\n    tasks:\n      a: 5m\n      b:\n        duration: 1m\n        after: [aa]\n',
      'night.yaml:9: pipelines.p.tasks.b.after: there is no task in this pipeline "aa" (did you mean "a"?)',
    ],
    [
      'version: 1\npipelines:\n  p:\n    tasks:\n      a: {duration: 1m, after: b}\n      b: {duration: 1m, after: a}\n',
      'night.yaml:5: pipelines.p.tasks.a: tasks wait for each other in a cycle: p.a -> p.b -> p.a',
    ],
    [
      'version: 1\npipelines:\n  p:\n    schedule: "61 * * * *"\n    tasks: {a: 5m}\n',
      'night.yaml:4: pipelines.p.schedule: "61 * * * *" is no cron: Invalid value for minute: 61',
    ],
    [
      'version: 1\nfaults:\n  - {kind: crash, share: 1%}\n  - kind: store-outage\n    rate: 1\npipelines: {p: {tasks: {t: 5m}}}\n',
      'night.yaml:5: faults[1].rate: 1 has no unit: write "1 per second", per minute, per hour or per day',
    ],
    ['version: 1\nseed: 1\nseed: 2\n', 'night.yaml:3: this key is written twice'],
    ['version: 1\n---\nversion: 1\n', 'night.yaml:2: more than one document: one file is one scenario'],
    ['version: 1\npools: {a: 1\n', /^night\.yaml:3: not YAML: /],
    ['version: 1\npools: !!js/function x\n', /^night\.yaml:2: /],
    ['version: 1\n__proto__: {polluted: 1}\n', 'night.yaml:2: a key that nothing may be called: __proto__'],
    ['version: 1\n? [a, b]\n: 1\n', 'night.yaml:2: a key that is no text'],
    [
      '',
      'night.yaml: a scenario is wanted here: a mapping of version, name, seed, replications, start, horizon, warmUp, snapshot, zone, base, resample, orchestrator, …',
    ],
  ])('%j', (text, expected) => {
    const found = problems(text);
    const isTold = found.some((line) => (typeof expected === 'string' ? line === expected : expected.test(line)));
    expect(isTold ? [] : found).toEqual([]);
  });

  it('in the order of the file', () => {
    const lines = problems('version: 1\nhello: 1\nhorizon: 5\nwarmUp: 7\nseed: x\n').map((line) =>
      Number(line.split(':')[1]),
    );
    expect(lines).toEqual([2, 3, 4, 5]);
  });

  it('and for what is found later, too', () => {
    const { locate } = readScenarioText(TEN_LINES, 'mm2.yaml');
    const path = ['pipelines', 'job', 'tasks', 'serve', 'pool'];
    expect(formatProblem(locate({ severity: 'error', path, atKey: false, reason: 'is full' }))).toBe(
      'mm2.yaml:9: pipelines.job.tasks.serve.pool: is full',
    );
  });

  it('with nothing in them that a terminal would obey', () => {
    const [line] = problems('version: 1\nhorizon: "\\e[2J\\u202e"\n');
    expect(line).toContain('\\u001b[2J\\u202e');
  });
});

describe('hostile files', () => {
  it('a bomb of aliases is refused', () => {
    const levels = Array.from(
      { length: 9 },
      (_, i) => `l${i + 1}: &l${i + 1} [${Array(10).fill(`*l${i}`).join(', ')}]`,
    );
    expect(problems(`version: 1\nl0: &l0 [x]\n${levels.join('\n')}\n`)[0]).toMatch(/alias/i);
  });

  it.each([
    ['[', 100_000],
    ['{a: ', 100_000],
    ['- ', 20_000],
  ])('%j nested deeply is refused', (open, times) => {
    expect(problems(open.repeat(times)).length).toBeGreaterThan(0);
  });

  it('any text is read or refused', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc
            .array(
              fc.constantFrom(
                'version: 1',
                '\n',
                '  ',
                '- ',
                '{',
                '}',
                '[',
                ': ',
                '&a',
                '*a',
                '!x',
                '"',
                '|',
                '#',
                'pools',
                '---',
              ),
            )
            .map((parts) => parts.join('')),
        ),
        (text) => {
          const { scenario, errorCount } = readScenarioText(text, 'x');
          expect(scenario === null).toBe(errorCount > 0);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('files', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'landfall-scenario-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const reason = async (path: string): Promise<string | undefined> =>
    (await readScenarioFile(path)).problems[0]?.reason;

  it('are read from disk', async () => {
    await writeFile(join(folder, 'ok.yaml'), TEN_LINES);
    expect((await readScenarioFile(join(folder, 'ok.yaml'))).scenario?.horizonMs).toBe(20 * 86_400_000);
  });

  it('that are none are told as what they are', async () => {
    await writeFile(join(folder, 'a.png'), Buffer.from([0x89, 0x50, 0x4e, 0x47, 0]));
    await writeFile(join(folder, 'empty.yaml'), '');
    expect(await reason(join(folder, 'missing.yaml'))).toBe('no such file or folder');
    expect(await reason(folder)).toBe('is a folder where a file should be');
    expect(await reason(join(folder, 'a.png'))).toBe('a PNG image: a scenario is YAML text');
    expect(await reason(join(folder, 'empty.yaml'))).toBe('the file is empty');
  });
});
