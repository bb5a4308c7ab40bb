// Plays a reference day a number of times in this thread and measures it: what `landfall simulate` reports.
// Only the event loop is timed, apart from building its structures; warming up counts only through the median.

import { nearestRank } from '../../../shared/base/quantile.ts';
import type { DayAnswer, ReferenceDay } from '../../../shared/model/reference-day.ts';
import {
  createDayPlayer,
  type DayPlayer,
  type DaySummary,
  summarizeDay,
} from '../../../simulations/orchestrator/reference-day.ts';
import { tellRefusedDay } from './refused-day.ts';

export interface TimedPlay {
  readonly answer: DayAnswer;
  readonly summary: DaySummary;
  readonly buildMs: number;
  /** Median over the plays: wall time, and CPU time of the whole process (compiler and collector threads too). */
  readonly simMs: number;
  readonly simCpuMs: number;
}

/** Where nobody says how many plays: of short ones enough that the compiler is done with most of them. */
const PLAYS_MIN = 5;
const PLAYS_MAX = 40;
const PLAYS_MS = 500;

/** `repeat`: plays, or null for as many as tell. Throws ServiceError `bad-input` for a day that cannot be played. */
export const timedPlay = (day: ReferenceDay, repeat: number | null): TimedPlay =>
  tellRefusedDay(() => {
    const startedMs = performance.now();
    const player = createDayPlayer(day);
    const buildMs = performance.now() - startedMs;
    const times = timePlays(player, repeat);
    const answer = player.answer();
    return { answer, summary: summarizeDay(day, answer), buildMs, ...times };
  });

function timePlays(player: DayPlayer, repeat: number | null): Pick<TimedPlay, 'simMs' | 'simCpuMs'> {
  const wallMs: number[] = [];
  const cpuMs: number[] = [];
  const firstMs = performance.now();
  const isWanted = (plays: number): boolean => {
    if (repeat !== null) return plays < repeat;
    return plays < PLAYS_MIN || (plays < PLAYS_MAX && performance.now() - firstMs < PLAYS_MS);
  };
  while (isWanted(wallMs.length)) {
    const cpu = process.cpuUsage();
    const startedMs = performance.now();
    player.play();
    wallMs.push(performance.now() - startedMs);
    const used = process.cpuUsage(cpu);
    cpuMs.push((used.user + used.system) / 1_000);
  }
  return { simMs: median(wallMs), simCpuMs: median(cpuMs) };
}

const median = (values: readonly number[]): number => nearestRank(Float64Array.from(values).sort(), 0.5);
