// Services: the list of logs, the verdict on one, and taking one away.

import type { RuleCount } from '../../shared/analysis/ordering/report.ts';
import type { Handlers } from '../../shared/api/client.ts';
import type { LogSummary } from '../../shared/api/views.ts';
import type { RuleName } from '../../shared/lifecycle/rules.ts';
import { type ServicesContext, tellChanged, workspaceView } from './context.ts';

const EARLY_READ: RuleName = 'no-read-before-finalize';

export const logHandlers = (context: ServicesContext): Pick<Handlers, 'logs.list' | 'log.summary' | 'log.remove'> => ({
  'logs.list': async () => {
    // Whoever asks for the list alone may wait; a page that asks for the workspace is told when the live log is there.
    // One that fails is no reason to hide the others.
    await context.live.current().catch(() => null);
    return context.library.logs();
  },
  'log.summary': async ({ log }) => logSummary(context, log),
  'log.remove': ({ log }) =>
    context.changes.run(async () => {
      await context.workspace.removeLog(context.library.view(log).name);
      context.library.forget(log);
      tellChanged(context);
      return workspaceView(context);
    }),
});

async function logSummary({ library }: ServicesContext, name: string): Promise<LogSummary> {
  const log = library.view(name);
  const startLatency = await library.startLatency(name);
  const { measuredCount, unknownCount, inferredCount, p50Ms, p90Ms, p99Ms, maxMs, targets } = startLatency;
  const { total, met, missed, unknown } = await library.attainment(name);
  const { rules } = await library.ordering(name, 0, 0);
  return {
    log,
    startLatency: { measuredCount, unknownCount, inferredCount, p50Ms, p90Ms, p99Ms, maxMs, targets },
    deadlines: { total, met, missed, unknown },
    earlyReads: earlyReads(rules),
  };
}

function earlyReads(rules: readonly RuleCount[]): LogSummary['earlyReads'] {
  const count = rules.find(({ rule }) => rule === EARLY_READ);
  return { proved: count?.proved ?? 0, overlap: count?.overlap ?? 0, cannotTell: count?.cannotTell ?? 0 };
}
