// Why a task run waits, as small integers: MODEL.md's causes in their order, which breaks ties.

import { BLOCK_CAUSES } from '../../../shared/model/event.ts';

const cause = (name: (typeof BLOCK_CAUSES)[number]): number => BLOCK_CAUSES.indexOf(name);

export const Cause = {
  upstream: cause('upstream'),
  detection: cause('trigger detection'),
  loop: cause('scheduler loop'),
  pipelineLimit: cause('pipeline limit'),
  taskLimit: cause('task limit'),
  pool: cause('pool'),
  priority: cause('priority'),
  executor: cause('executor'),
  startUp: cause('start-up'),
  retry: cause('retry delay'),
  check: cause('check'),
  finalize: cause('finalize queue'),
  publish: cause('publish'),
} as const;
