// The services of one workspace: every method of the contract, from one file a contract area. The same handlers serve
// the workbench, the browser app and the command line.

import type { Handlers } from '../../shared/api/client.ts';
import type { ServicesContext } from './context.ts';
import { fitHandlers } from './fit.ts';
import { graphHandlers } from './graph.ts';
import { importHandlers } from './imports.ts';
import { ledgerHandlers } from './ledger.ts';
import { ledgerReadHandlers } from './ledger-reads.ts';
import { logHandlers } from './logs.ts';
import { markerHandlers } from './markers.ts';
import { nightHandlers } from './night.ts';
import { orderingHandlers } from './ordering.ts';
import { receiverHandlers } from './receiver/receiver-service.ts';
import { scenarioHandlers } from './scenarios.ts';
import { slaHandlers } from './sla.ts';
import { sqlHandlers } from './sql.ts';
import { timelineHandlers } from './timeline.ts';
import { whyHandlers } from './why.ts';
import { workspaceHandlers } from './workspace.ts';

export function createHandlers(context: ServicesContext): Handlers {
  return {
    ...workspaceHandlers(context),
    ...ledgerHandlers(context),
    ...logHandlers(context),
    ...graphHandlers(context),
    ...timelineHandlers(context),
    ...slaHandlers(context),
    ...markerHandlers(context),
    ...orderingHandlers(context),
    ...ledgerReadHandlers(context),
    ...sqlHandlers(context),
    ...receiverHandlers(context),
    ...importHandlers(context),
    ...scenarioHandlers(context),
    ...nightHandlers(context),
    ...whyHandlers(context),
    ...fitHandlers(context),
  };
}
