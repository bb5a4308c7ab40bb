// Services: the workspace itself.

import type { Handlers } from '../../shared/api/client.ts';
import { type ServicesContext, workspaceView } from './context.ts';

export const workspaceHandlers = (context: ServicesContext): Pick<Handlers, 'workspace.get'> => ({
  'workspace.get': async () => {
    // The page does not wait for the live log: every state of it is told as a change.
    context.live.begin();
    context.live.current().catch(() => undefined);
    return workspaceView(context);
  },
});
