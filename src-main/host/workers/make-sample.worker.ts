// Worker: makes the logs of the bundled sample company. The nights that are kept in detail are told as soon as they are
// there; then it plays plain nights, alone or beside a helper, and answers with the log of all landings.

import { SampleNights } from '../../../simulations/scenarios/sample.ts';
import { buffersOf, serveJob } from './job-side.ts';
import { completeNights, playedShare, takeNights } from './shared-nights.ts';

serveJob<'make-sample'>(({ size, shared, helper }, progress) => {
  const tellShare = (share: number): void => progress({ kind: 'progress', step: 'playing its nights', share });
  progress({ kind: 'progress', step: 'defining the sample company', share: Number.NaN });
  const nights = new SampleNights(size);
  const detailed = nights.detailed(() => tellShare(playedShare(shared)));
  // Only events are handed over: the catalog and the names are needed here again, and are copied.
  progress({ kind: 'detailed', detailed }, buffersOf(detailed.logs.map(({ chunks }) => chunks)));
  const plain = completeNights(takeNights(nights, shared, tellShare), shared, helper);
  return nights.history(detailed.catalog, [...plain, ...detailed.landings]);
});
