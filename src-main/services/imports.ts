// Services: importing files. Reading is the importers' job and storing the store's; a reference day is played in
// between. Changes come one after another, and an import that finds nothing usable changes nothing.

import type { CallContext, Handlers } from '../../shared/api/client.ts';
import { ServiceError } from '../../shared/api/errors.ts';
import type { ImportProgress, ImportView, LogView } from '../../shared/api/views.ts';
import { throwIfCancelled } from '../../shared/base/cancel.ts';
import type { Problem } from '../../shared/base/problem.ts';
import type { Log } from '../../shared/model/log.ts';
import { runJob } from '../host/workers/run-job.ts';
import { importPaths } from '../importers/import-paths.ts';
import type { ImportEntry, ImportOutcome } from '../importers/outcome.ts';
import { type ServicesContext, tellChanged } from './context.ts';

export const importHandlers = (context: ServicesContext): Pick<Handlers, 'imports.run'> => ({
  'imports.run': ({ paths }, call) => context.changes.run(() => runImport(context, paths, call)),
});

async function runImport(
  context: ServicesContext,
  paths: readonly string[],
  { signal, progress }: CallContext<'imports.run'>,
): Promise<ImportView> {
  throwIfCancelled(signal);
  const onProgress = (value: ImportProgress): void => void progress(value);
  const outcome = await importPaths(paths, { signal, onProgress });
  const storing = new Storing(context, { signal, onProgress });
  try {
    for (const entry of outcome.entries) await storing.add(entry);
  } finally {
    if (storing.logs.length > 0) tellChanged(context);
  }
  return viewOf(outcome, storing);
}

type Hooks = Pick<Parameters<typeof importPaths>[1], 'signal' | 'onProgress'>;

/** Puts entries into the workspace and keeps account. */
class Storing {
  readonly logs: LogView[] = [];
  readonly alreadyThere: string[] = [];
  /** Days that were read and cannot be played. */
  readonly refused: Problem[] = [];
  readonly #context: ServicesContext;
  readonly #hooks: Hooks;

  constructor(context: ServicesContext, hooks: Hooks) {
    this.#context = context;
    this.#hooks = hooks;
  }

  async add(entry: ImportEntry): Promise<void> {
    const { signal, onProgress } = this.#hooks;
    const { workspace } = this.#context;
    throwIfCancelled(signal);
    const known = workspace.logOfContent(entry.contentHash);
    if (known !== null) return void this.alreadyThere.push(known.name);
    const log = await this.#logOf(entry);
    if (log === null) return;
    onProgress({ step: `storing ${log.name}`, share: Number.NaN });
    const { contentHash, importedFrom, catalog } = entry;
    this.logs.push(await workspace.addImport({ contentHash, importedFrom, catalog, log }, { signal }));
  }

  async #logOf(entry: ImportEntry): Promise<Log | null> {
    if (entry.kind === 'log') return entry.log;
    const { name, catalog, day, importedFrom } = entry;
    try {
      return await runJob('play-day', { name, catalog, day }, { workersDir: this.#context.workersDir, ...this.#hooks });
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      this.refused.push({ severity: 'error', file: importedFrom, line: null, reason: error.message });
      return null;
    }
  }
}

function viewOf(outcome: ImportOutcome, { logs, alreadyThere, refused }: Storing): ImportView {
  return {
    files: outcome.files,
    logs,
    alreadyThere,
    problems: [...refused, ...outcome.problems],
    problemCount: outcome.problemCount + refused.length,
    errorCount: outcome.errorCount + refused.length,
  };
}
