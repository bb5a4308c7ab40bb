// Pools whose settings cannot mean anything.

import type { ScenarioProblem } from '../scenario.ts';
import { error } from './names.ts';
import type { WorkloadIndex } from './workload-index.ts';

export const checkPools = ({ workload }: WorkloadIndex): ScenarioProblem[] =>
  workload.pools.flatMap(({ name, slots, slowdown }) =>
    slowdown.length > 0 && slots === null
      ? [
          error(
            ['pools', name, 'slowdown'],
            'a share of slots in use means nothing in a pool without a limit: give it slots',
          ),
        ]
      : [],
  );
