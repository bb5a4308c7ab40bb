// Worker: plays a log again, unchanged and with one thing changed at a time.

import { serveJob } from './job-side.ts';
import { playReplay } from './play-replay.ts';

serveJob<'replay'>(playReplay);
