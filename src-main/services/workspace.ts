// Services: the workspace itself.

import type { Handlers } from '../../shared/api/client.ts';
import { type ServicesContext, workspaceView } from './context.ts';

export const workspaceHandlers = (context: ServicesContext): Pick<Handlers, 'workspace.get'> => ({
  'workspace.get': async () => workspaceView(context),
});
