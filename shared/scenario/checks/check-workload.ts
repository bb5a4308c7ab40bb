// All checks of definitions, in stages: the later ones trust what the earlier ones found good. Run on a scenario's own
// definitions when they are all there is, and again on the whole after a base was laid under them.

import type { ScenarioProblem } from '../scenario.ts';
import { checkCycles } from './cycles.ts';
import { checkDurations } from './durations.ts';
import { checkMappings } from './mappings.ts';
import { checkNames } from './names.ts';
import { checkPools } from './pools.ts';
import { checkReadiness } from './readiness.ts';
import type { WorkloadIndex } from './workload-index.ts';

export function checkWorkload(index: WorkloadIndex, backfilled: ReadonlySet<string>): ScenarioProblem[] {
  const names = checkNames(index);
  if (names.length > 0) return names;
  const cycles = checkCycles(index);
  return cycles.length > 0
    ? cycles
    : [...checkPools(index), ...checkDurations(index), ...checkMappings(index), ...checkReadiness(index, backfilled)];
}
