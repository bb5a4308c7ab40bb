// Will it fit, from a scenario's file or text to its answer: what `landfall check` and the screen ask for. Opens no
// workspace itself: logs come from whoever has one open.

import type { FitAnswer, FitParams, FitProgress } from '../../shared/api/views-fit.ts';
import type { CancelSignal } from '../../shared/base/cancel.ts';
import type { Log } from '../../shared/model/log.ts';
import type { Growth, Scenario } from '../../shared/scenario/scenario.ts';
import { fit } from '../host/workers/fit.ts';
import { readScenarioFile, readScenarioText, type ScenarioFile } from '../importers/scenario/read-scenario-file.ts';
import { type LogSource, refused, withBase } from './simulate-scenario.ts';

export interface FitRequest extends Omit<FitParams, 'path' | 'text'> {
  /** What is read, and the name that its problems carry: a file's path, or a text. */
  readonly source: { readonly path: string } | { readonly text: string; readonly name: string };
  readonly workersDir: string | null;
  /** Null where no workspace is open. */
  readonly logs: LogSource | null;
  /** Observed logs, for the history. */
  readonly observed: () => Promise<readonly Log[]>;
  readonly signal?: CancelSignal;
  readonly onProgress?: (progress: FitProgress) => void;
}

const NIGHTS = 2_000;

export async function fitScenario(request: FitRequest): Promise<FitAnswer> {
  const { source, nights, pool, slots, search, workersDir } = request;
  request.onProgress?.({ step: 'planning', played: 0, of: 0, leftMs: Number.NaN, targets: [], rows: [] });
  const file = 'path' in source ? await readScenarioFile(source.path) : readScenarioText(source.text, source.name);
  if (file.scenario === null) return { problems: file.problems, problemCount: file.problemCount, report: null };
  const scenario = asAsked(file.scenario, request);
  const input = await withBase(scenario, 'path' in source ? source.path : '.', file, request.logs);
  if ('problems' in input) return { ...input, report: null };
  const { signal, onProgress } = request;
  const report = await fit(input, {
    workersDir,
    nights: nights ?? NIGHTS,
    pool,
    slots,
    search,
    logs: await request.observed(),
    ...(signal === undefined ? {} : { signal }),
    ...(onProgress === undefined ? {} : { onProgress }),
  });
  if (!report.ok) return { ...refused(file, report.error), report: null };
  return { ...found(file), report: report.value };
}

const found = ({ problems, problemCount }: ScenarioFile): Pick<FitAnswer, 'problems' | 'problemCount'> => ({
  problems,
  problemCount,
});

function asAsked(scenario: Scenario, { seed, grow }: FitRequest): Scenario {
  const own: Growth = scenario.growth ?? { pipelines: 0, like: [], attach: 'same-upstreams', data: 0 };
  const growth = grow === null ? scenario.growth : grow === 0 ? null : { ...own, pipelines: grow };
  return { ...scenario, seed: seed ?? scenario.seed, growth };
}
