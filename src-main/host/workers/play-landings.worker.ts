// Worker: plays nights of the bundled sample company of which only the landings are kept.

import { playLandings } from '../../../simulations/scenarios/sample.ts';
import { serveJob } from './job-side.ts';

serveJob<'play-landings'>(({ size, from, to }, progress) =>
  playLandings(size, from, to, (done) => progress({ step: 'playing its nights', share: done / (to - from) })),
);
