// Services: finalize ordering of a log.

import type { Handlers } from '../../shared/api/client.ts';
import type { ServicesContext } from './context.ts';

export const orderingHandlers = ({ library }: ServicesContext): Pick<Handlers, 'log.ordering'> => ({
  'log.ordering': ({ log, toleranceMs, limit }) => library.ordering(log, toleranceMs, limit),
});
