// Services: the task runs of a log for the timeline, and what it says of its moments besides them.

import { attemptTable } from '../../shared/analysis/attempts.ts';
import { momentsOf } from '../../shared/analysis/moments.ts';
import type { Handlers } from '../../shared/api/client.ts';
import type { ServicesContext } from './context.ts';
import { timelineView } from './timeline-view.ts';

export const timelineHandlers = ({ library }: ServicesContext): Pick<Handlers, 'log.timeline' | 'log.moments'> => ({
  'log.timeline': async ({ log: name }) => {
    const log = await library.log(name);
    const times = await library.times(name);
    return timelineView(library.view(name), log, times, await attemptTable(log, times, () => library.events(name)));
  },
  'log.moments': async ({ log }) => {
    const reader = await library.chains(log);
    return momentsOf(await library.log(log), reader);
  },
});
