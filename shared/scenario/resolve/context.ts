// What every part of the resolving shares: the scenario's frame of time, and the list that problems are added to.

import { MS_PER_DAY, MS_PER_HOUR } from '../../base/time.ts';
import { ZoneClock } from '../../base/zone.ts';
import type { Orchestrator, ScenarioProblem } from '../scenario.ts';
import type { Moment } from '../units.ts';

export type Path = readonly (string | number)[];

export interface Frame {
  readonly startMs: number;
  readonly horizonMs: number;
  readonly zone: string;
}

export class Resolving {
  readonly frame: Frame;
  readonly orchestrator: Orchestrator;
  readonly problems: ScenarioProblem[] = [];
  readonly #clock: ZoneClock;

  constructor(frame: Frame, orchestrator: Orchestrator) {
    this.frame = frame;
    this.orchestrator = orchestrator;
    this.#clock = new ZoneClock(frame.zone, frame.startMs - CATCH_UP_MAX_MS, frame.startMs + frame.horizonMs);
  }

  error(path: Path, reason: string): void {
    this.problems.push({ severity: 'error', path, atKey: false, reason });
  }

  warning(path: Path, reason: string): void {
    this.problems.push({ severity: 'warning', path, atKey: false, reason });
  }

  /** Ms from the scenario's start; negative before it. */
  fromStart(moment: Moment): number {
    if (moment.kind === 'fromStart') return moment.ms;
    const ms = moment.kind === 'instant' ? moment.ms : this.#clock.instantOf(moment.localMs);
    return ms - this.frame.startMs;
  }
}

export const HORIZON_MAX_MS = 90 * MS_PER_DAY;
/** How far before the start catch-up may reach. */
export const CATCH_UP_MAX_MS = 366 * MS_PER_DAY;

/** The instant of a written start; a local one is in the scenario's zone. */
export function startInstant(moment: Moment, zone: string): number | null {
  if (moment.kind === 'fromStart') return null;
  if (moment.kind === 'instant') return moment.ms;
  const around = moment.localMs;
  return new ZoneClock(zone, around - 24 * MS_PER_HOUR, around + 24 * MS_PER_HOUR).instantOf(moment.localMs);
}
