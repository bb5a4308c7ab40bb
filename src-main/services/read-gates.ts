// The quality gates that a definitions file (a scenario) declares, by dataset.

import type { Problem } from '../../shared/base/problem.ts';
import type { QualityGate } from '../../shared/model/ledger.ts';
import { readScenarioFile } from '../importers/scenario/read-scenario-file.ts';

export interface GatesFile {
  /** In the order of the file; null for a dataset without one. Empty when the file cannot be used. */
  readonly gates: readonly { readonly dataset: string; readonly gate: QualityGate | null }[];
  readonly problems: readonly Problem[];
  readonly problemCount: number;
  readonly errorCount: number;
}

export async function readGates(path: string): Promise<GatesFile> {
  const { scenario, problems, problemCount, errorCount } = await readScenarioFile(path);
  const datasets = scenario?.workload.datasets ?? [];
  const gates = datasets.map(({ name, gate = null }) => ({ dataset: name, gate }));
  return { gates, problems, problemCount, errorCount };
}
