// Services: the receiver's state, and its switch. A key file of another place is the command line's business.

import type { Handlers } from '../../../shared/api/client.ts';
import type { ServicesContext } from '../context.ts';

export const receiverHandlers = ({
  receiver,
}: ServicesContext): Pick<Handlers, 'receiver.get' | 'receiver.switch'> => ({
  'receiver.get': async () => receiver.view(),
  'receiver.switch': async ({ on }) => (on ? receiver.switchOn() : receiver.switchOff()),
});
