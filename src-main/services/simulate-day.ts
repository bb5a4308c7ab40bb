// Plays a reference day for a report and for its answer file: what `landfall simulate` does. Opens no workspace.

import type { Problem } from '../../shared/base/problem.ts';
import { type TimedPlay, timedPlay } from '../host/workers/timed-play.ts';
import { readDayFolder } from '../importers/reference-day/read-day-folder.ts';
import { writeDayAnswer } from './day-answer-file.ts';

export interface SimulationSummary {
  readonly tasks: number;
  /** Enqueues, finishes, and the publishes that somebody waits for. */
  readonly events: number;
  readonly startLatencyP50Ms: number;
  readonly startLatencyP99Ms: number;
  readonly deadlinesMet: number;
  readonly deadlinesTotal: number;
  readonly makespanMs: number;
  /** Reading and checking the folder; building the simulator's structures. */
  readonly loadMs: number;
  readonly buildMs: number;
  /** The event loop alone, median of all plays: by the clock, and as CPU time. */
  readonly simMs: number;
  readonly simCpuMs: number;
  /** events / simCpuMs. */
  readonly eventsPerSecond: number;
}

export interface SimulationRequest {
  /** Plays, or null for as many as tell. */
  readonly repeat: number | null;
  /** Where the answer goes, or null. */
  readonly outFile: string | null;
}

export interface SimulationOutcome {
  readonly problems: readonly Problem[];
  readonly problemCount: number;
  /** null when the folder holds no day that can be played: then nothing was written. */
  readonly summary: SimulationSummary | null;
}

export async function simulateDay(dir: string, request: SimulationRequest): Promise<SimulationOutcome> {
  const startedMs = performance.now();
  const { day, problems, problemCount } = await readDayFolder(dir);
  const loadMs = performance.now() - startedMs;
  if (day === null) return { problems, problemCount, summary: null };
  const play = timedPlay(day, request.repeat);
  if (request.outFile !== null) writeDayAnswer(request.outFile, play.answer);
  return { problems, problemCount, summary: summaryOf(play, loadMs) };
}

function summaryOf({ summary, buildMs, simMs, simCpuMs }: TimedPlay, loadMs: number): SimulationSummary {
  const { tasks, events, startLatencyP50Ms, startLatencyP99Ms, deadlinesMet, deadlinesTotal, makespanMs } = summary;
  const eventsPerSecond = Math.round((events / simCpuMs) * 1_000);
  return {
    tasks,
    events,
    startLatencyP50Ms,
    startLatencyP99Ms,
    deadlinesMet,
    deadlinesTotal,
    makespanMs,
    loadMs: toMicroseconds(loadMs),
    buildMs: toMicroseconds(buildMs),
    simMs: toMicroseconds(simMs),
    simCpuMs: toMicroseconds(simCpuMs),
    eventsPerSecond,
  };
}

const toMicroseconds = (ms: number): number => Math.round(ms * 1_000) / 1_000;
