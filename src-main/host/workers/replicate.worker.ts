// Worker: plays its share of an experiment's replications and answers with their sums.

import { Replicator } from '../../../simulations/experiments/replicate.ts';
import { serveJob } from './job-side.ts';

serveJob<'replicate'>(({ experiment, first, stride }, progress) => {
  const replicator = Replicator.of(experiment);
  // Whoever starts this has planned replication 0 already.
  if (!replicator.ok) throw new Error(replicator.error.map(({ reason }) => reason).join('; '));
  const tally = replicator.value.newTally();
  const { replications } = experiment.scenario;
  for (let i = first; i < replications; i += stride) {
    replicator.value.play(i, tally);
    progress({ step: 'playing', share: (i + 1) / replications });
  }
  return tally.columns();
});
