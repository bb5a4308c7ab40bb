// Worker: plays a reference day and writes it down as a log.

import { serveJob } from './job-side.ts';
import { playDay } from './play-day.ts';
import { tellRefusedDay } from './refused-day.ts';

serveJob<'play-day'>((params, progress) => {
  progress({ step: `playing ${params.name}`, share: Number.NaN });
  return tellRefusedDay(() => playDay(params));
});
