// Services: start latency and deadlines of a log.

import type { Handlers } from '../../shared/api/client.ts';
import type { ServicesContext } from './context.ts';

export const slaHandlers = ({ library }: ServicesContext): Pick<Handlers, 'log.sla'> => ({
  'log.sla': async ({ log }) => ({
    startLatency: await library.startLatency(log),
    deadlines: await library.attainment(log),
  }),
});
