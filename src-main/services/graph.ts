// Services: the graph of a log, and one pipeline of it for the inspector.

import type { Handlers } from '../../shared/api/client.ts';
import type { ServicesContext } from './context.ts';
import { graphView } from './graph-view.ts';
import { pipelineView } from './pipeline-view.ts';

export const graphHandlers = ({ library }: ServicesContext): Pick<Handlers, 'log.graph' | 'log.pipeline'> => ({
  'log.graph': async ({ log }) => graphView(await library.log(log), await library.catalog(log)),
  'log.pipeline': async ({ log, pipeline }) =>
    pipelineView(await library.log(log), await library.catalog(log), await library.times(log), pipeline),
});
