// The logs of a workspace with what is computed from them, each thing at most once while the cache has room.
// The one door from services to logs: an unknown name is a `not-found` that lists those there are. The live log is one of
// them; what is computed from it is forgotten with every state that follows.

import { setImmediate as turn } from 'node:timers/promises';
import { type AttainmentReport, attainment } from '../../shared/analysis/attainment.ts';
import { checkOrdering } from '../../shared/analysis/ordering/check.ts';
import type { OrderingReport } from '../../shared/analysis/ordering/report.ts';
import { type StartLatencyReport, startLatency } from '../../shared/analysis/start-latency.ts';
import { type TaskRunTimes, taskRunTimes } from '../../shared/analysis/task-run-times.ts';
import { ChainReader } from '../../shared/analysis/why/critical-chain.ts';
import { EventIndex } from '../../shared/analysis/why/event-index.ts';
import { ServiceError } from '../../shared/api/errors.ts';
import type { LogView } from '../../shared/api/views.ts';
import { LIVE_LOG } from '../../shared/api/views-live.ts';
import type { Catalog } from '../../shared/model/catalog.ts';
import type { Log } from '../../shared/model/log.ts';
import type { Workspace } from '../store/workspace.ts';
import { approximateBytes } from './approximate-bytes.ts';
import { ByteLru } from './byte-lru.ts';
import type { LiveLog, LiveState } from './live/live-log.ts';

const CACHE_BYTES = 512 * 1024 * 1024;

export class LogLibrary {
  readonly #workspace: Workspace;
  readonly #live: LiveLog;
  readonly #cache = new ByteLru<unknown>(CACHE_BYTES, approximateBytes);

  constructor(workspace: Workspace, live: LiveLog) {
    this.#workspace = workspace;
    this.#live = live;
    live.onState(() => this.forget(LIVE_LOG));
  }

  /** All logs, the live one last; it is among them once there is one. */
  logs(): LogView[] {
    const { view } = this.#live;
    const stored = this.#workspace.logs();
    return view === null ? stored : [...stored.filter(({ name }) => name !== LIVE_LOG), view];
  }

  view(name: string): LogView {
    const logs = this.logs();
    const view = logs.find((log) => log.name === name);
    if (view !== undefined) return view;
    const hint =
      logs.length === 0 ? 'the workspace holds no logs' : `there are: ${logs.map((log) => log.name).join(', ')}`;
    throw new ServiceError({ code: 'not-found', message: `there is no log "${name}"`, place: 'log', hint });
  }

  async log(name: string): Promise<Log> {
    if (name === LIVE_LOG) return (await this.#liveState()).log;
    return this.#once(name, 'log', () => this.#workspace.readLog(this.view(name).name));
  }

  /** The definitions that held last. */
  async catalog(name: string): Promise<Catalog> {
    if (name === LIVE_LOG) return (await this.#liveState()).catalog;
    const { catalogs } = await this.log(name);
    const hash = catalogs.at(-1)?.hash ?? '';
    return this.#once(name, `catalog ${hash}`, () => this.#workspace.readCatalog(hash));
  }

  times(name: string): Promise<TaskRunTimes> {
    return this.#once(name, 'times', async () => taskRunTimes(await this.log(name)));
  }

  /** Where each task run's events are. */
  events(name: string): Promise<EventIndex> {
    return this.#once(name, 'events', async () => new EventIndex(await this.log(name)));
  }

  /** What reads critical chains. */
  chains(name: string): Promise<ChainReader> {
    const compute = async (): Promise<ChainReader> => {
      const [log, catalog] = [await this.log(name), await this.catalog(name)];
      // Each takes some 30 ms of a large log, the last 60: others who use this thread come in between.
      await turn();
      const times = await this.times(name);
      await turn();
      const events = await this.events(name);
      await turn();
      // Of the live log a newer state may have come in between, and all must be of one.
      if (name === LIVE_LOG && (await this.log(name)) !== log) return await compute();
      return new ChainReader(log, catalog, times, events);
    };
    return this.#once(name, 'chains', compute);
  }

  startLatency(name: string): Promise<StartLatencyReport> {
    return this.#once(name, 'start latency', async () => startLatency(await this.log(name), await this.times(name)));
  }

  attainment(name: string): Promise<AttainmentReport> {
    const compute = async (): Promise<AttainmentReport> =>
      attainment(await this.log(name), await this.times(name), await this.catalog(name));
    return this.#once(name, 'attainment', compute);
  }

  ordering(name: string, toleranceMs: number, limit: number): Promise<OrderingReport> {
    const compute = async (): Promise<OrderingReport> => checkOrdering(await this.log(name), { toleranceMs, limit });
    return this.#once(name, `ordering ${toleranceMs} ${limit}`, compute);
  }

  /** Forgets all about a log that is gone. */
  forget(name: string): void {
    this.#cache.drop(keyOf(name, ''));
  }

  async #liveState(): Promise<LiveState> {
    const state = await this.#live.current();
    if (state !== null) return state;
    throw new ServiceError({ code: 'not-found', message: 'nothing has arrived yet', place: 'log' });
  }

  async #once<T>(name: string, what: string, compute: () => Promise<T>): Promise<T> {
    // A newer state forgets what was computed from the one before.
    if (name === LIVE_LOG) await this.#live.current();
    return this.#cache.get(keyOf(name, what), compute) as Promise<T>;
  }
}

const keyOf = (name: string, what: string): string => `${name}\0${what}`;
