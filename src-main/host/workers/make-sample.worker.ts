// Worker: makes the nights of the bundled sample company that are kept in detail.

import { playDetailed } from '../../../simulations/scenarios/sample.ts';
import { serveJob } from './job-side.ts';

serveJob<'make-sample'>((size, progress) => {
  progress({ step: 'defining the sample company', share: Number.NaN });
  return playDetailed(size, (done, all) => progress({ step: 'playing its nights', share: done / all }));
});
