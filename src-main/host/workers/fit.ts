// Will it fit: plays a scenario as it is today, grown, and with more slots, beside what its history says. Every row has
// the same nights (common random numbers), so that rows differ by what differs between them. A target that is plainly met
// or missed is counted no further, and rows end early once all are. Cancelled, it gives the rows it has.

import { setImmediate as turn } from 'node:timers/promises';
import type { FitProgress, FitReport, FitRow, FitTarget } from '../../../shared/api/views-fit.ts';
import { type CancelSignal, NEVER_CANCELLED } from '../../../shared/base/cancel.ts';
import { didYouMean } from '../../../shared/base/nearest-name.ts';
import { err, ok, type Result } from '../../../shared/base/result.ts';
import type { Growth, ScenarioProblem } from '../../../shared/scenario/scenario.ts';
import { CapacitySearch } from '../../../simulations/experiments/capacity-search.ts';
import {
  backtest,
  heldBack,
  observedStanding,
  playedStandings,
  worstVerdict,
} from '../../../simulations/experiments/fit-rows.ts';
import type { NightLanding } from '../../../simulations/experiments/history-landings.ts';
import type { PlayTally } from '../../../simulations/experiments/play-tally.ts';
import { poolsBefore } from '../../../simulations/experiments/pools-before.ts';
import type { Replicator } from '../../../simulations/experiments/replicate.ts';
import { targetRows } from '../../../simulations/experiments/targets.ts';
import { varies } from '../../../simulations/experiments/varies.ts';
import { type ExperimentPlays, playExperiment } from './play-experiment.ts';
import type { StartPlayer } from './player-thread.ts';
import type { HistorySource } from './scenario-questions.ts';
import { replicatorOf, type ScenarioInput } from './timed-experiment.ts';

export interface FitOptions {
  readonly players: StartPlayer | null;
  readonly isOwnThread?: boolean;
  readonly onPlaying?: (isPlaying: boolean) => void;
  readonly nights: number;
  readonly pool: string | null;
  readonly slots: number | null;
  readonly search: boolean;
  /** Observed nights, for the history row and the backtest. */
  readonly history: HistorySource;
  readonly signal?: CancelSignal;
  readonly onProgress?: (progress: FitProgress) => void;
}

/** Of a quick try of the search. */
const QUICK_NIGHTS = 256;
/** The search ends at this many times the slots there are. */
const SEARCH_FACTOR_MAX = 8;
/** Slots are searched in steps of about this share of what there is: finer says more than it knows. */
const STEP_SHARE = 1 / 16;

export async function fit(
  input: ScenarioInput,
  options: FitOptions,
): Promise<Result<FitReport, readonly ScenarioProblem[]>> {
  const { targets } = input.scenario;
  if (targets.length === 0) return err([problem(['targets'], 'there is nothing to check: write targets')]);
  const run = new FitRun(input, options);
  return await run.run();
}

interface Played {
  readonly replicator: Replicator;
  readonly tally: PlayTally;
  readonly row: FitRow;
}

class FitRun {
  readonly #input: ScenarioInput;
  readonly #options: FitOptions;
  readonly #targets: readonly FitTarget[];
  readonly #rows: FitRow[] = [];
  #pool: string | null;

  constructor(input: ScenarioInput, options: FitOptions) {
    this.#input = input;
    this.#options = options;
    this.#targets = targetRows(input.scenario.targets);
    this.#pool = options.pool;
  }

  async run(): Promise<Result<FitReport, readonly ScenarioProblem[]>> {
    const { growth } = this.#input.scenario;
    this.#tell('planning', 0, 0, Number.NaN);
    const today = this.#made(null);
    if (!today.ok) return today;
    // Others who use this thread come in between.
    await turn();
    const wrong = this.#poolProblem(today.value);
    if (wrong !== null) return err([wrong]);
    const landings = await this.#landings();
    this.#addHistory(landings, today.value);
    let asked = await this.#playRow('today', growth === null ? this.#resized(today.value) : today.value);
    const observed = asked;
    if (growth !== null && !this.#isCancelled) {
      const grown = this.#made(growth);
      if (!grown.ok) return grown;
      asked = await this.#playRow('grown', this.#resized(grown.value));
    }
    const slotsNeeded = await this.#search(asked);
    return ok(this.#report(asked, observed, landings, slotsNeeded));
  }

  get #isCancelled(): boolean {
    return (this.#options.signal ?? NEVER_CANCELLED).cancelled;
  }

  #made(growth: Growth | null): Result<Replicator, readonly ScenarioProblem[]> {
    const onStep = (step: string): void => this.#tell(step, 0, 0, Number.NaN);
    const made = replicatorOf({ ...this.#input, scenario: { ...this.#input.scenario, growth } }, { onStep });
    return made.ok ? ok(made.value.replicator) : made;
  }

  #poolProblem(replicator: Replicator): ScenarioProblem | null {
    const { pool, slots } = this.#options;
    if (pool === null) return slots === null ? null : problem(['pools'], 'slots of which pool? Name it');
    const names = poolsOf(replicator).map(({ name }) => name);
    if (names.includes(pool)) return null;
    return problem(['pools'], `there is no pool ${JSON.stringify(pool)}${didYouMean(pool, names)}`);
  }

  #resized(replicator: Replicator): Replicator {
    const { pool, slots } = this.#options;
    return pool === null || slots === null ? replicator : replicator.withSlots(pool, slots);
  }

  /** By target row; empty where there is no landing to look for. */
  async #landings(): Promise<(readonly NightLanding[])[]> {
    const rows: (readonly NightLanding[])[] = [];
    for (const target of this.#input.scenario.targets) {
      if (target.kind === 'landing') rows.push(await this.#options.history(target));
      else rows.push(...Array.from({ length: target.kind === 'startLatency' ? target.quantiles.length : 1 }, () => []));
    }
    return rows;
  }

  #addHistory(landings: readonly (readonly NightLanding[])[], replicator: Replicator): void {
    const nights = Math.max(...landings.map(({ length }) => length));
    if (nights === 0) return;
    const standings = landings.map((known, i) =>
      known.length === 0 ? null : observedStanding(known, this.#targets[i].wanted),
    );
    const slots = this.#pool === null ? null : slotsOf(replicator, this.#pool);
    this.#rows.push({
      kind: 'history',
      label: 'history',
      pool: this.#pool,
      slots,
      nights,
      standings,
      extrapolated: [],
      ended: 'all',
    });
  }

  async #playRow(kind: FitRow['kind'], replicator: Replicator): Promise<Played> {
    const label = kind === 'today' ? 'today' : growthLabel(this.#input.scenario.growth);
    const plays = await this.#play(label, replicator, this.#options.nights);
    const { tally } = plays;
    const isAsked = (this.#input.scenario.growth === null) === (kind === 'today');
    if (isAsked) this.#pool ??= mostWaited(replicator, tally);
    const row = this.#rowOf(kind, label, replicator, plays);
    this.#rows.push(row);
    return { replicator, tally, row };
  }

  async #play(step: string, replicator: Replicator, replications: number) {
    return await playExperiment(replicator, {
      ...this.#options,
      stopping: { replications, whenDecided: true, halfWidth: null },
      onlyTargets: true,
      onProgress: ({ played, of, leftMs }) => this.#tell(step, played, of, leftMs),
    });
  }

  #rowOf(kind: FitRow['kind'], label: string, replicator: Replicator, plays: ExperimentPlays): FitRow {
    const { tally, ended, seen } = plays;
    const pool = this.#pool;
    const slots = pool === null ? null : slotsOf(replicator, pool);
    const isCertain = !varies(replicator.experiment, replicator.plan);
    const standings = playedStandings(this.#input.scenario, tally, isCertain, seen);
    return {
      kind,
      label,
      pool,
      slots,
      standings,
      ended,
      nights: tally.replications.count,
      extrapolated: this.#beyond(pool, slots),
    };
  }

  /** How work behaves with more of it side by side than there ever was, nothing has shown. */
  #beyond(pool: string | null, slots: number | null): string[] {
    const own = this.#rows.find(({ kind }) => kind === 'today')?.slots ?? this.#ownSlots(pool);
    if (pool === null || slots === null || own === null || slots <= own) return [];
    return [`more than the ${own} ${own === 1 ? 'slot' : 'slots'} that ${pool} ever had`];
  }

  #ownSlots(pool: string | null): number | null {
    const { base, scenario } = this.#input;
    const pools = [...scenario.workload.pools, ...(base?.pools ?? [])];
    return pools.find(({ name }) => name === pool)?.slots ?? null;
  }

  /** Adds a row with the slots that it takes, where more slots help. */
  async #search({ replicator, row }: Played): Promise<number | null> {
    const isMet = row.standings.every((each) => each?.verdict === 'met');
    const { pool, slots } = row;
    if (!this.#options.search || isMet || pool === null || slots === null || this.#isCancelled) return null;
    const step = Math.max(1, Math.round(slots * STEP_SHARE));
    const search = new CapacitySearch({ from: slots, max: slots * SEARCH_FACTOR_MAX, step });
    for (let tried = search.next(); tried !== null && !this.#isCancelled; tried = search.next()) {
      const nights = tried.kind === 'quick' ? Math.min(QUICK_NIGHTS, this.#options.nights) : this.#options.nights;
      const label = `${row.label} at ${tried.slots} ${pool}`;
      const resized = replicator.withSlots(pool, tried.slots);
      const plays = await this.#play(label, resized, nights);
      if (plays.ended === 'cancelled') return null;
      const found = this.#rowOf('searched', row.label, resized, plays);
      const isEnough = found.standings.every((each, i) => each !== null && each.share >= this.#targets[i].wanted);
      search.tell(tried, tried.kind === 'quick' ? isEnough : verdictOf(found));
      if (search.found !== null) this.#rows.push(found);
    }
    return search.found;
  }

  #report(
    asked: Played,
    today: Played,
    landings: readonly (readonly NightLanding[])[],
    slotsNeeded: number | null,
  ): FitReport {
    const backtests = landings.flatMap((nights, target) => {
      const held = heldBack(nights);
      const played = today.row.standings[target];
      return held.length === 0 || played === null || this.#isFitted ? [] : [backtest(target, held, played)];
    });
    return {
      name: this.#input.scenario.name,
      targets: this.#targets,
      rows: this.#rows.map((row) => ({
        ...row,
        pool: row.pool ?? this.#pool,
        slots: row.slots ?? this.#ownSlots(this.#pool),
      })),
      backtests,
      verdict: verdictOf(asked.row),
      slotsNeeded,
      notes: this.#notes(asked, slotsNeeded, landings),
    };
  }

  /** Durations that were fitted to the history cannot be tested on it. */
  get #isFitted(): boolean {
    return this.#input.observed !== null;
  }

  #notes(
    { replicator, row }: Played,
    slotsNeeded: number | null,
    landings: readonly (readonly NightLanding[])[],
  ): string[] {
    const { search } = this.#options;
    const isMissing = verdictOf(row) !== 'met' && row.pool !== null && search && slotsNeeded === null;
    const isKnown = landings.some(({ length }) => length > 0);
    return [
      ...(varies(replicator.experiment, replicator.plan)
        ? []
        : ['nothing is drawn in this scenario: one night tells all']),
      ...(isMissing && row.ended !== 'cancelled'
        ? [
            `no number of ${row.pool} slots up to ${(row.slots ?? 0) * SEARCH_FACTOR_MAX} was enough: something else holds it`,
          ]
        : []),
      ...(isKnown && this.#isFitted ? ['no backtest: durations were fitted to the same nights'] : []),
      ...(isKnown ? [] : ['no observed nights of these targets: nothing to test the model on']),
    ];
  }

  #tell(step: string, played: number, of: number, leftMs: number): void {
    this.#options.onProgress?.({ step, played, of, leftMs, targets: this.#targets, rows: this.#rows });
  }
}

const problem = (path: ScenarioProblem['path'], reason: string): ScenarioProblem => ({
  severity: 'error',
  path,
  atKey: false,
  reason,
});

const verdictOf = ({ standings }: FitRow) =>
  worstVerdict(standings.flatMap((each) => (each === null ? [] : [each.verdict])));

const poolsOf = (replicator: Replicator) => replicator.plan.definitions.workload.pools;

const slotsOf = (replicator: Replicator, pool: string): number | null =>
  poolsOf(replicator).find(({ name }) => name === pool)?.slots ?? null;

/** Of the pools with a limit that the landings go through, the one that was waited for longest in all, or null. */
function mostWaited(replicator: Replicator, tally: PlayTally): string | null {
  const before = poolsBefore(replicator.plan, replicator.experiment.scenario);
  const waits = poolsOf(replicator).map(({ name, slots }, pool) => ({
    name,
    waitMs: slots === null || !before.has(pool) ? -1 : tally.pool(pool).waitSumMs,
  }));
  const most = waits.reduce((a, b) => (b.waitMs > a.waitMs ? b : a), { name: '', waitMs: 0 });
  return most.waitMs > 0 ? most.name : null;
}

function growthLabel(growth: Growth | null): string {
  if (growth === null) return 'today';
  const more = (share: number): string => `${share < 0 ? '−' : '+'}${Math.round(Math.abs(share) * 1_000) / 10} %`;
  if (growth.pipelines === 0) return `${more(growth.data)} data`;
  return growth.data === 0 ? more(growth.pipelines) : `${more(growth.pipelines)}, data ${more(growth.data)}`;
}
