// Plays a scenario file for a report: what `landfall simulate SCENARIO` does. Opens no workspace: logs come from whoever
// has one open.

import type { ExperimentProgress, ScenarioAnswer, SimulateParams } from '../../shared/api/views-scenario.ts';
import type { SweepAnswer, SweepParams } from '../../shared/api/views-sweep.ts';
import { type CancelSignal, NEVER_CANCELLED } from '../../shared/base/cancel.ts';
import { askScenario } from '../host/workers/ask-scenario.ts';
import type { LogSource } from '../host/workers/scenario-questions.ts';

interface PlayRequest {
  /** Where the built workers are; null to play in this thread. */
  readonly workersDir: string | null;
  /** Null where no workspace is open. */
  readonly logs: LogSource | null;
  readonly signal?: CancelSignal;
  readonly onProgress?: (progress: ExperimentProgress) => void;
  /** Stopped, answer with what there is. */
  readonly wantsPart?: boolean;
}

export type ScenarioRequest = Omit<SimulateParams, 'path'> & PlayRequest;
export type SweepRequest = SweepParams & PlayRequest;

/** Rejects with CancelledError when it was stopped before there was anything to tell. */
export function simulateScenario(path: string, request: ScenarioRequest): Promise<ScenarioAnswer> {
  const { replications, seed, whenDecided, antithetic, hashed } = request;
  return askScenario('simulate', { path, replications, seed, whenDecided, antithetic, hashed }, asked(request));
}

/** As simulateScenario. */
export function sweepScenario(request: SweepRequest): Promise<SweepAnswer> {
  const { path, parameter, values, replications, seed, antithetic } = request;
  return askScenario('sweep', { path, parameter, values, replications, seed, antithetic }, asked(request));
}

const asked = ({
  workersDir,
  logs,
  signal = NEVER_CANCELLED,
  onProgress = () => {},
  wantsPart = false,
}: PlayRequest) => ({ workersDir, logs, signal, onProgress, wantsPart, history: async () => [] });
