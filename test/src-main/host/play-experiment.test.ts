// Experiments on real worker threads: the same sums on any number of them, the same end when a target is decided,
// progress while they play, and a prompt stop with what there is.

import { beforeAll, describe, expect, it } from 'vitest';
import type { ExperimentProgress } from '../../../shared/api/views-scenario.ts';
import { cancelSource } from '../../../shared/base/cancel.ts';
import { PlayTooLongError, Replicator } from '../../../simulations/experiments/replicate.ts';
import { countedTargets, type Stopping } from '../../../simulations/experiments/stopping.ts';
import { builtMainDir } from '../../../src-main/host/package-root.ts';
import { type ExperimentPlays, playExperiment } from '../../../src-main/host/workers/play-experiment.ts';
import { playersIn, type StartPlayer } from '../../../src-main/host/workers/player-thread.ts';
import { scenarioOf } from '../../simulations/orchestrator/model/support/play.ts';
import { landfall } from '../cli/support/landfall.ts';

// Builds the workers.
beforeAll(() => landfall(['--version']));

const job = (duration: object | string, more: object = {}) => ({
  horizon: '1d',
  pools: { p: 3 },
  pipelines: {
    job: {
      schedule: { every: '1m' },
      tasks: { a: { duration, pool: 'p' }, b: { duration: '20s', after: 'a', pool: 'p', deadline: '5m' } },
    },
  },
  targets: [{ startLatency: { p90: '1m' } }],
  ...more,
});

const LOGNORMAL = { lognormal: { median: '1m', sigma: 0.8 } };
/** Played by the reference day's engine. */
const PLAIN = job(LOGNORMAL);
/** Played by the model: retries, a finalize service, a loop. */
const MODEL = job(LOGNORMAL, {
  orchestrator: {
    loop: { batch: 100, perTask: '1ms', idle: '1s' },
    finalize: { service: { exponential: { mean: '1s' } } },
  },
  faults: [{ kind: 'task-failure', share: '5%' }],
});
/** What a thread has to know of datasets: checks, markers, who writes what. */
const CHECKED = job(LOGNORMAL, {
  datasets: { d: { partitioned: 'hourly', marker: '_SUCCESS', check: { duration: '7s', passes: '80%' } } },
  pipelines: {
    hour: {
      schedule: '0 * * * *',
      retries: { times: 9, delay: '5s' },
      tasks: { w: { duration: LOGNORMAL, writes: 'd' }, r: { duration: '1s', reads: { dataset: 'd', wait: 'poke' } } },
    },
  },
  targets: [{ landing: { dataset: 'd', within: '2m' } }, { startLatency: { p50: '1ms' } }],
});
/** Another plan each time. */
const VARYING = job(LOGNORMAL, {
  pipelines: { job: { schedule: { poisson: '0.03 per second' }, tasks: { a: { duration: LOGNORMAL, pool: 'p' } } } },
});

function replicatorOf(document: object): Replicator {
  const scenario = scenarioOf(document);
  const made = Replicator.of({ scenario, workload: scenario.workload, history: null, landing: 'published' });
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  return made.value;
}

const all = (replications: number): Stopping => ({ replications, whenDecided: false, halfWidth: null });

const playersOf = (threads: number): StartPlayer | null => (threads === 0 ? null : playersIn(builtMainDir()));

async function play(document: object, threads: number, stopping: Stopping): Promise<ExperimentPlays> {
  return await playExperiment(replicatorOf(document), {
    players: playersOf(threads),
    threads,
    threadsFrom: 0,
    stopping,
  });
}

describe('an experiment', () => {
  it.each([
    ['a plain plan', PLAIN],
    ['the model', MODEL],
    ['checks and markers', CHECKED],
    ['a plan that varies', VARYING],
  ])('says the same on no, one and three threads: %s', async (_, document) => {
    const [here, ...others] = await Promise.all([0, 1, 3].map((threads) => play(document, threads, all(9))));
    const sums = here.tally.columns();
    expect(sums.outcomes.reduce((a, b) => a + b)).toBeGreaterThan(9 * 40);
    for (const { tally, ended } of others) {
      expect(ended).toBe('all');
      expect(tally.columns()).toEqual(sums);
    }
  });

  it('plays for its targets alone: those that are decided are counted no further, on any number of threads', async () => {
    const stopping = { ...all(200), whenDecided: true };
    const options = { stopping, onlyTargets: true };
    const [here, ...others] = await Promise.all(
      [0, 1, 3].map((threads) =>
        playExperiment(replicatorOf(CHECKED), {
          ...options,
          threads,
          players: playersOf(threads),
        }),
      ),
    );
    expect(here.ended).toBe('enough');
    const { scenario } = replicatorOf(CHECKED).experiment;
    const counted = ({ tally, seen }: ExperimentPlays) => countedTargets(scenario, tally, false, seen);
    const whole = await play(CHECKED, 0, all(64));
    expect(counted(here)).toEqual(counted({ ...whole, seen: here.seen }));
    for (const other of others) {
      expect(other.seen).toEqual(here.seen);
      expect(counted(other)).toEqual(counted(here));
      expect(other.tally.pools).toEqual(here.tally.pools);
    }
  });

  it('ends when its targets are decided, after as many replications on any number of threads', async () => {
    const stopping = { ...all(2_000), whenDecided: true };
    const late = job({ constant: '1m' }, { targets: [{ startLatency: { p90: '1ms' } }], pools: { p: 1 } });
    const drawn = { ...late, pipelines: PLAIN.pipelines, pools: { p: 1 } };
    const [one, two] = await Promise.all([play(drawn, 1, stopping), play(drawn, 2, stopping)]);
    expect(one.ended).toBe('enough');
    expect(one.tally.replications.count).toBe(64);
    expect(two.tally.columns()).toEqual(one.tally.columns());
  });

  it('tells its progress from the start, and how long it will take', async () => {
    const told: ExperimentProgress[] = [];
    const onProgress = (progress: ExperimentProgress): void => void told.push(progress);
    const played = playExperiment(replicatorOf(PLAIN), {
      players: playersIn(builtMainDir()),
      stopping: all(200),
      onProgress,
    });
    expect(told).toMatchObject([{ played: 0, of: 200 }]);
    await played;
    const counts = told.map((progress) => progress.played);
    expect(counts).toEqual([...counts].sort((a, b) => a - b));
    expect(told.filter(({ leftMs }) => leftMs > 0).length).toBeGreaterThan(0);
  });

  it('plays in its own thread so many events at most between two looks, and more on others', async () => {
    const replicator = replicatorOf(MODEL);
    const eventsMax = 500;
    const { count } = replicator.plan.taskRuns;
    const tally = replicator.newTally();
    let events = Number.NaN;
    try {
      replicator.within(eventsMax).play(0, tally);
    } catch (error) {
      if (!(error instanceof PlayTooLongError)) throw error;
      events = error.events;
    }
    // Those of its last instant are all played.
    expect(events).toBeGreaterThan(eventsMax);
    expect(events).toBeLessThan(eventsMax + 20);
    expect(tally.replications.count).toBe(0);
    expect(count).toBeGreaterThan(eventsMax);
    const options = {
      players: playersIn(builtMainDir()),
      threads: 2,
      stopping: all(2),
      threadsFrom: Number.POSITIVE_INFINITY,
    };
    const elsewhere = await playExperiment(replicator, { ...options, eventsHere: eventsMax });
    const here = await playExperiment(replicator, { ...options, eventsHere: 1_000_000 });
    expect(elsewhere.tally.columns()).toEqual(here.tally.columns());
    expect(here.tally.replications.count).toBe(2);
  });

  it('stops in the middle of a play that would take minutes', async () => {
    // Forty million attempts, of which none succeeds, a thousand times.
    const endless = job('1ms', { faults: [{ kind: 'task-failure', share: '100%' }], horizon: '30d' });
    const retries = { times: 1_000, delay: '1ms' };
    const document = { ...endless, pipelines: { job: { ...endless.pipelines.job, retries } } };
    const { signal, cancel } = cancelSource();
    let told = 0;
    const onProgress = (): void => {
      if (++told === 5) cancel();
    };
    const options = { players: playersIn(builtMainDir()), stopping: all(1_000), signal, onProgress, threads: 1 };
    const { tally, ended } = await playExperiment(replicatorOf(document), options);
    expect(ended).toBe('cancelled');
    expect(tally.replications.count).toBe(0);
  });

  it('stops at once and gives what it has', async () => {
    const { signal, cancel } = cancelSource();
    let playedThen = Number.NaN;
    const onProgress = ({ played }: ExperimentProgress): void => {
      if (played < 100 || signal.cancelled) return;
      playedThen = played;
      cancel();
    };
    const options = { players: playersIn(builtMainDir()), stopping: all(100_000), signal, onProgress, threads: 2 };
    const { tally, ended } = await playExperiment(replicatorOf(PLAIN), options);
    expect(ended).toBe('cancelled');
    const { count } = tally.replications;
    // What was being played is not waited for.
    expect(count).toBeLessThanOrEqual(playedThen);
    expect(Array.from(tally.replications.column('replication'))).toEqual(Array.from({ length: count }, (_, k) => k));
  });
});
