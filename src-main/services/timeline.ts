// Services: the task runs of a log for the timeline, and what it says of its moments besides them.

import { momentsOf } from '../../shared/analysis/moments.ts';
import type { Handlers } from '../../shared/api/client.ts';
import type { ServicesContext } from './context.ts';
import { timelineView } from './timeline-view.ts';

export const timelineHandlers = ({ library }: ServicesContext): Pick<Handlers, 'log.timeline' | 'log.moments'> => ({
  'log.timeline': async ({ log }) => timelineView(library.view(log), await library.log(log), await library.times(log)),
  'log.moments': async ({ log }) => momentsOf(await library.log(log), await library.chains(log)),
});
