// Services: markers and listings kept as a log of the workspace (the same files judged twice are one log), and markers
// written for what the ledger has finalized.

import type { Handlers } from '../../shared/api/client.ts';
import type { ImportView } from '../../shared/api/views.ts';
import { ContentHash } from '../../shared/base/hash.ts';
import { markerLog } from '../importers/markers/marker-log.ts';
import { type ServicesContext, tellChanged } from './context.ts';
import { judgeMarkers, type MarkerRequest } from './judge-markers.ts';

export const markerHandlers = (context: ServicesContext): Pick<Handlers, 'markers.keep' | 'markers.write'> => ({
  'markers.write': async ({ path, ...name }) => {
    const [version = 0] = context.ledger.ready({ inputs: [name] }).versions;
    // Of nothing whole the refusal is the lifecycle's own, and names who is writing.
    const { seq } = await context.ledger.mark({ ...name, token: Math.max(1, version), path });
    return { version, seq };
  },
  'markers.keep': ({ dataset, namespace, ...request }, { signal }) =>
    context.changes.run(async () => {
      const report = await judgeMarkers(request, signal);
      const { partitions, problems, problemCount, errorCount } = report;
      const view = { problems, problemCount, errorCount };
      const file = [request.path, ...request.listings].join(' ');
      const files = [
        { file, format: report.formats.join(', '), read: report.files, stored: partitions.length, unit: 'files' },
      ];
      if (partitions.length === 0) return { ...view, files, logs: [], alreadyThere: [] };
      const contentHash = hashOf(request, { dataset, namespace, partitions });
      const known = context.workspace.logOfContent(contentHash);
      if (known !== null) return { ...view, files, logs: [], alreadyThere: [known.name] };
      const { catalog, log } = markerLog({ dataset, namespace, partitions });
      const stored = await context.workspace.addImport({ contentHash, importedFrom: file, catalog, log }, { signal });
      tellChanged(context);
      return { ...view, files, logs: [stored], alreadyThere: [] } satisfies ImportView;
    }),
});

function hashOf(request: MarkerRequest, found: unknown): string {
  const hash = new ContentHash();
  hash.text(JSON.stringify([request, found]));
  return hash.hex();
}
