// Services: the last night in sentences, and the figures behind them.

import type { Handlers } from '../../shared/api/client.ts';
import { NIGHT_EARLY_READS_MAX } from '../../shared/api/views-night.ts';
import type { ServicesContext } from './context.ts';
import { nightView } from './night/night-view.ts';
import { historyFor } from './why/usual.ts';

export const nightHandlers = (context: ServicesContext): Pick<Handlers, 'night.get'> => ({
  'night.get': async ({ log: name }) => {
    const { library } = context;
    return nightView({
      view: library.view(name),
      log: await library.log(name),
      catalog: await library.catalog(name),
      reader: await library.chains(name),
      history: await historyFor(context, name),
      attainment: await library.attainment(name),
      ordering: await library.ordering(name, 0, NIGHT_EARLY_READS_MAX),
      events: await library.events(name),
    });
  },
});
