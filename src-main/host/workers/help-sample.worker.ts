// Worker: plays plain nights of the bundled sample company beside the thread that makes it.

import { SampleNights } from '../../../simulations/scenarios/sample.ts';
import { serveJob } from './job-side.ts';
import { handOver, takeNights } from './shared-nights.ts';

serveJob<'help-sample'>(({ size, shared, maker }, progress) => {
  const nights = new SampleNights(size);
  const landings = takeNights(nights, shared, (share) => progress({ step: 'playing its nights', share }));
  handOver(landings, shared, maker);
  return null;
});
