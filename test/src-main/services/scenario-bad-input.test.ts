// What cannot be run is refused before the run, at its line and with its reason. Nothing of it is played.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { simulateScenario } from '../../../src-main/services/simulate-scenario.ts';

const dir = mkdtempSync(join(tmpdir(), 'landfall-bad-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** `line: reason` of every problem. */
async function refusals(lines: readonly string[]): Promise<string[]> {
  const path = join(dir, 'bad.yaml');
  writeFileSync(path, ['version: 1', ...lines].join('\n'));
  const { summary, problems } = await simulateScenario(path, {
    replications: null,
    seed: null,
    workersDir: null,
    logs: null,
  });
  expect(summary).toBeNull();
  return problems.map(({ line, reason }) => `${line}: ${reason}`);
}

/** The body of a pipeline's tasks starts at line 5. */
const tasks = (...lines: string[]): string[] => [
  'pipelines:',
  '  p:',
  '    tasks:',
  ...lines.map((line) => `      ${line}`),
  '    schedule: {at: 0s}',
];

describe('refused before the run', () => {
  it.each([
    [
      'a cycle of tasks',
      tasks('a: {duration: 1m, after: c}', 'b: {duration: 1m, after: a}', 'c: {duration: 1m, after: b}'),
      /^5: pipelines\.p\.tasks\.a: tasks wait for each other in a cycle: p\.a -> p\.b -> p\.c -> p\.a$/,
    ],
    [
      'a cycle through datasets of several pipelines',
      [
        'datasets: {x: daily, y: daily}',
        'pipelines:',
        '  a: {schedule: "@daily", tasks: {t: {duration: 1m, reads: y, writes: x}}}',
        '  b: {schedule: "@daily", tasks: {t: {duration: 1m, reads: x, writes: y}}}',
      ],
      /^4: pipelines\.a\.tasks\.t: tasks wait for each other in a cycle: a\.t -> b\.t -> a\.t$/,
    ],
    [
      'triggers in a circle',
      [
        'datasets: {x: none, y: none}',
        'pipelines:',
        '  a: {schedule: {all: y}, tasks: {t: {duration: 1m, writes: x}}}',
        '  b: {schedule: {any: [x]}, tasks: {t: {duration: 1m, writes: y}}}',
      ],
      /^4: pipelines\.a\.tasks\.t: tasks wait for each other in a cycle/,
    ],
    [
      'a pool with no slots that something needs',
      ['pools: {spark: 0}', ...tasks('t: {duration: 1m, pool: spark}')],
      /^6: pipelines\.p\.tasks\.t\.pool: pool spark has no slots, so this task can never start$/,
    ],
    [
      'a task that needs more slots than its pool has',
      ['pools: {spark: 4}', ...tasks('t: {duration: 1m, pool: spark, slots: 5}')],
      /^6: .*takes 5 slots of pool spark, which has 4: it can never start$/,
    ],
    [
      'a task that can never be ready: what it awaits never runs',
      ['pipelines:', '  a: {schedule: {at: 0s}, tasks: {t: {duration: 1m, awaits: b}}}', '  b: {tasks: {b: 1m}}'],
      /^3: pipelines\.a\.tasks\.t\.awaits: b never runs \(its pipeline is manual\), so this task can never be ready$/,
    ],
    [
      'a task that can never be ready: its partition never comes',
      [
        'datasets: {d: daily}',
        'pipelines:',
        '  w: {schedule: "0 1 * * *", tasks: {w: {duration: 1m, writes: d}}}',
        '  r: {schedule: "0 2 * * *", tasks: {r: {duration: 1m, reads: {dataset: d, offset: +3d}}}}',
      ],
      /^5: pipelines\.r\.tasks\.r\.reads: can never be ready: .* waits for d\[date=.*\], which no run up to the horizon writes$/,
    ],
    [
      'a trigger that nothing fires',
      ['datasets: {d: daily}', 'pipelines:', '  p: {schedule: {all: d}, tasks: {t: 1m}}'],
      /^4: pipelines\.p\.schedule\.all: nothing that runs writes d: this pipeline would never run$/,
    ],
    [
      'a cron of a day that never comes',
      ['pipelines:', '  p:', '    tasks: {t: 1m}', '    schedule: "0 1 30 2 *"'],
      /^5: pipelines\.p\.schedule: "0 1 30 2 \*" names a day that never comes$/,
    ],
    [
      'a cron out of range',
      ['pipelines:', '  p:', '    tasks: {t: 1m}', '    schedule: "61 * * * *"'],
      /^5: pipelines\.p\.schedule: "61 \* \* \* \*" is no cron: /,
    ],
    [
      'impossible parameters of a distribution',
      tasks('a: {duration: {gamma: {shape: -1, scale: 1s}}}', 'b: {duration: {uniform: {low: 2m, high: 1m}}}'),
      /^5: .*shape[\s\S]*6: .*high must be at or above low/,
    ],
    [
      'a PERT whose mode lies outside',
      tasks('a: {duration: {pert: {low: 1m, mode: 9m, high: 5m}}}'),
      /^5: pipelines\.p\.tasks\.a\.duration.*mode/,
    ],
    [
      'a horizon that overflows',
      ['horizon: 91d', ...tasks('t: 1m')],
      /^2: horizon: .* is beyond the longest horizon, 90 days$/,
    ],
    [
      'a horizon that no plan fits into',
      ['horizon: 90d', 'pipelines:', '  p: {schedule: {every: 1ms}, tasks: {t: 1s}}'],
      /^4: pipelines\.p\.schedule: there are 7776000000 task runs or more: at most 20000000 can be planned/,
    ],
    [
      'a duration that overflows',
      tasks('t: 3651d'),
      /^5: pipelines\.p\.tasks\.t\.duration: \d+ h 00 min is longer than a play may last: ten years of simulated time$/,
    ],
    [
      'a slowdown of a pool without a limit',
      ['pools:', '  spark: {slots: none, slowdown: [{at: 100%, factor: 2}]}', ...tasks('t: 1m')],
      /^3: pools\.spark\.slowdown: a share of slots in use means nothing in a pool without a limit: give it slots$/,
    ],
    [
      'growth of what is not there, and backwards',
      ['grow: {pipelines: +40%, like: [paymnts]}', ...tasks('t: 1m')],
      /^2: grow\.like: there is no domain or pipeline "paymnts"/,
    ],
  ])('%s', async (_, lines, expected) => {
    expect((await refusals(lines)).join('\n')).toMatch(expected);
  });
});
