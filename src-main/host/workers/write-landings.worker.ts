// Worker: makes one log of the landings of all nights of the bundled sample company.

import { historyLog } from '../../../simulations/scenarios/sample.ts';
import { serveJob } from './job-side.ts';

serveJob<'write-landings'>(({ size, catalog, landings }) => historyLog(size, catalog, landings));
