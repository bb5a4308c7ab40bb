// Questions about scenarios on real threads: the same answer wherever they are planned, progress from planning, and a stop
// in the middle of it that leaves no thread behind.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { FitProgress } from '../../../shared/api/views-fit.ts';
import type { ExperimentProgress, ScenarioSummary } from '../../../shared/api/views-scenario.ts';
import { CancelledError, cancelSource, NEVER_CANCELLED } from '../../../shared/base/cancel.ts';
import { builtMainDir } from '../../../src-main/host/package-root.ts';
import { type AskOptions, askScenario } from '../../../src-main/host/workers/ask-scenario.ts';
import type { QuestionKind } from '../../../src-main/host/workers/scenario-questions.ts';
import { waitFor } from '../../support/wait-for.ts';
import { landfall } from '../cli/support/landfall.ts';

const dir = mkdtempSync(join(tmpdir(), 'landfall-ask-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
// Builds the workers.
beforeAll(() => landfall(['--version']));

/** Every thread that is started in this process. */
const threads: Worker[] = [];
const onWorker = (worker: Worker): void => void threads.push(worker);
beforeEach(() => void process.on('worker', onWorker));
afterEach(() => {
  process.off('worker', onWorker);
  threads.length = 0;
});
/** An ended thread has no number. */
const running = (): number => threads.filter(({ threadId }) => threadId !== -1).length;

/** Of a run every minute, too much for this thread as it is asked below. */
function written(name: string, every: '1m' | '60m', more: readonly string[] = []): string {
  const path = join(dir, `${name}.yaml`);
  const lines = [
    'version: 1',
    'horizon: 1d',
    'replications: 3',
    'pools: {p: 4}',
    'datasets: {raw: hourly, sums: hourly}',
    'pipelines:',
    `  load: {schedule: {every: ${every}}, tasks: {a: {duration: {exponential: {mean: 1m}}, pool: p, writes: raw}}}`,
    '  sum: {schedule: {all: raw}, tasks: {b: {duration: 2m, pool: p, writes: sums}}}',
    'targets: [{startLatency: {p90: 1m}}, {landing: {dataset: sums, within: 90m, share: 90%}}]',
    ...more,
  ];
  writeFileSync(path, lines.join('\n'));
  return path;
}

const asked = (path: string) => ({ path, replications: null, seed: null, hashed: true });

/** `workersDir`: null for this thread. */
const options = <N extends QuestionKind>(
  workersDir: string | null,
  more: Partial<AskOptions<N>> = {},
): AskOptions<N> => ({
  workersDir,
  logs: null,
  history: async () => [],
  signal: NEVER_CANCELLED,
  onProgress: () => {},
  wantsPart: false,
  hereTaskRunsMax: 100,
  ...more,
});

const withoutTimes = (summary: ScenarioSummary | null) => ({
  ...summary,
  buildMs: 0,
  simMs: 0,
  simCpuMs: 0,
  eventsPerSecond: 0,
});

/** A run every second of ten days. */
function large(name: string): string {
  const path = join(dir, `${name}.yaml`);
  const pipelines = 'pipelines: {many: {schedule: {every: 1s}, tasks: {t: 1s}}}';
  writeFileSync(path, ['version: 1', 'horizon: 10d', pipelines, 'targets: [{makespan: 11d}]'].join('\n'));
  return path;
}

describe('a question about a scenario', () => {
  it.each([
    ['a small one, in this thread', '60m', 3, 0],
    ['a larger one, in a thread that plays it itself', '1m', 1, 1],
    ['its replications on other threads', '1m', 20, 1 + Math.min(20, availableParallelism())],
  ] as const)('is answered the same to the last bit: %s', async (_, every, replications, started) => {
    const path = written(`same-${replications}`, every);
    const params = { ...asked(path), replications };
    const here = await askScenario('simulate', params, options(null));
    expect(threads.length).toBe(0);
    const there = await askScenario('simulate', params, options(builtMainDir()));
    expect(threads.length).toBe(started);
    expect(here.summary?.resultHash).toMatch(/^[0-9a-f]{32}$/);
    expect(withoutTimes(there.summary)).toEqual(withoutTimes(here.summary));
    expect(running()).toBe(0);
  });

  it('is refused the same in a thread, with its place', async () => {
    const path = written('cyclic', '1m', ['backfills: [{pipeline: nobody, from: 2025-01-01, to: 2025-01-02, at: 1h}]']);
    const here = await askScenario('simulate', asked(path), options(null));
    const fit = { source: { path }, nights: 1, seed: null, grow: null, pool: null, slots: null, search: false };
    const there = await askScenario('fit', fit, options(builtMainDir()));
    expect(here.problemCount).toBeGreaterThan(0);
    expect(there).toEqual({ problems: here.problems, problemCount: here.problemCount, report: null });
    expect(running()).toBe(0);
  });

  it('of whether it fits is answered the same, with observed nights from whoever asks', async () => {
    const path = written('fit', '1m');
    const params = { source: { path }, nights: 6, seed: 3, grow: null, pool: 'p', slots: null, search: true };
    const history = async () => [{ night: '2025-12-24', lateMs: -60_000 }];
    const logs = async () => ({ reason: 'none' });
    const here = await askScenario('fit', params, options(null, { history }));
    const there = await askScenario('fit', params, options(builtMainDir(), { history, logs }));
    expect(here.report?.rows[0].kind).toBe('history');
    expect(there).toEqual(here);
    expect(running()).toBe(0);
  });

  it('is answered though whoever asks is busy while players end', async () => {
    const busy = new Set<string>();
    const beBusy = (): void => {
      const startedMs = performance.now();
      while (performance.now() - startedMs < 300);
    };
    const onProgress = ({ step, played }: ExperimentProgress): void => {
      if (played === 0 || busy.has(step)) return;
      busy.add(step);
      setImmediate(beBusy);
    };
    const params = { path: written('busy', '1m'), parameter: 'replications', values: ['60', '61', '62'] };
    const question = { ...params, replications: null, seed: null, antithetic: false };
    const { rows } = await askScenario('sweep', question, options(builtMainDir(), { onProgress }));
    expect(rows.length).toBe(3);
    expect(busy.size).toBeGreaterThan(0);
    expect(running()).toBe(0);
  });

  it('tells what is being planned, each step once and in order, then what is played', async () => {
    const steps: ExperimentProgress[] = [];
    const onProgress = (progress: ExperimentProgress): void => void steps.push(progress);
    await askScenario('simulate', asked(written('steps', '1m')), options(builtMainDir(), { onProgress }));
    const texts = steps.map(({ step }) => step);
    expect([...new Set(texts)]).toEqual([
      'planning',
      'planning runs of 2 pipelines',
      'planning 1,465 runs',
      'planning 1,465 task runs',
      'planning what 1,465 task runs wait for',
      'checking what 1,465 task runs wait for',
      'playing',
    ]);
    const planning = texts.filter((text) => text !== 'playing');
    expect(new Set(planning).size).toBe(planning.length);
    const played = steps.filter(({ of }) => of > 0).map((progress) => progress.played);
    expect(played).toEqual([...played].sort((a, b) => a - b));
    expect(steps.every(({ of }, i) => i === 0 || of >= steps[i - 1].of)).toBe(true);
  });
});

describe('stopped', () => {
  it('in the middle of planning it ends there: nothing is told after it, and no thread remains', async () => {
    const { signal, cancel } = cancelSource();
    const steps: string[] = [];
    const onProgress = ({ step }: ExperimentProgress): void => {
      steps.push(step);
      if (step.startsWith('planning what 864,000 task runs')) cancel();
    };
    const answer = askScenario('simulate', asked(large('mid-plan')), options(builtMainDir(), { signal, onProgress }));
    await expect(answer).rejects.toThrow(CancelledError);
    expect(steps.at(-1)).toBe('planning what 864,000 task runs wait for');
    expect(threads.length).toBe(1);
    await waitFor(() => expect(running()).toBe(0));
    expect(steps.at(-1)).toBe('planning what 864,000 task runs wait for');
  });

  it('while it plans, whoever asks is answered by its own thread', async () => {
    const { signal, cancel } = cancelSource();
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    let turnsThen = Number.NaN;
    const onProgress = ({ step }: FitProgress): void => {
      if (step.startsWith('planning runs')) turnsThen = turns;
      if (step.startsWith('checking')) cancel();
    };
    const source = { path: large('answerable') };
    const params = { source, nights: 1, seed: null, grow: null, pool: null, slots: null, search: false };
    const answer = askScenario('fit', params, options(builtMainDir(), { signal, onProgress }));
    await expect(answer).rejects.toThrow(CancelledError);
    clearInterval(timer);
    expect(turns).toBeGreaterThan(turnsThen);
    await waitFor(() => expect(running()).toBe(0));
  });

  it('while it plays, who wants a part gets what was played, and who does not, nothing', async () => {
    const path = written('endless', '1m');
    const params = { ...asked(path), replications: 100_000 };
    const stopAt = (source: ReturnType<typeof cancelSource>) => (progress: ExperimentProgress) => {
      if (progress.played > 10) source.cancel();
    };
    const [first, second] = [cancelSource(), cancelSource()];
    const more = { signal: first.signal, onProgress: stopAt(first), wantsPart: true };
    const { summary } = await askScenario('simulate', params, options(builtMainDir(), more));
    expect(summary?.ended).toBe('cancelled');
    expect(summary?.replications).toBeLessThan(100_000);
    const none = { signal: second.signal, onProgress: stopAt(second) };
    const answer = askScenario('simulate', params, options(builtMainDir(), none));
    await expect(answer).rejects.toThrow(CancelledError);
    await waitFor(() => expect(running()).toBe(0));
  });

  it('a sweep gives the rows that it has', async () => {
    const { signal, cancel } = cancelSource();
    const onProgress = ({ step }: ExperimentProgress): void => {
      if (step.startsWith('replications=5: planning')) cancel();
    };
    const params = { path: written('sweep', '60m'), parameter: 'replications', values: ['4', '5', '6'] };
    const question = { ...params, replications: null, seed: null, antithetic: false };
    const asked = { signal, onProgress, wantsPart: true };
    const { rows } = await askScenario('sweep', question, options(builtMainDir(), asked));
    expect(rows.map(({ value }) => value)).toEqual(['4']);
    await waitFor(() => expect(running()).toBe(0));
  });

  it('before it began it never starts', async () => {
    const { signal, cancel } = cancelSource();
    cancel();
    const answer = askScenario('simulate', asked(large('never')), options(builtMainDir(), { signal }));
    await expect(answer).rejects.toThrow(CancelledError);
    expect(threads.length).toBe(0);
  });
});
