// Services: the task runs of a log for the timeline.

import type { Handlers } from '../../shared/api/client.ts';
import type { ServicesContext } from './context.ts';
import { timelineView } from './timeline-view.ts';

export const timelineHandlers = ({ library }: ServicesContext): Pick<Handlers, 'log.timeline'> => ({
  'log.timeline': async ({ log }) => timelineView(library.view(log), await library.log(log), await library.times(log)),
});
