// Worker: makes the bundled sample company and plays its nights.

import { sampleCompany } from '../../../simulations/scenarios/sample.ts';
import { serveJob } from './job-side.ts';

serveJob<'make-sample'>((size, progress) => {
  progress({ step: 'defining the sample company', share: Number.NaN });
  return sampleCompany(size, (done, all) => progress({ step: 'playing its nights', share: done / all }));
});
