// Small workflows for the tests of the overhead fit.

import type { MeasuredWorkflow } from '../../../../shared/model/measured-workflow.ts';

interface Given {
  readonly runtimeS: readonly number[];
  /** [parent, child] */
  readonly edges?: readonly (readonly [number, number])[];
  readonly cores?: number | null;
  readonly makespanS?: number;
  readonly name?: string;
  readonly application?: string;
  readonly executedAtMs?: number;
}

export const workflow = (given: Given): MeasuredWorkflow => ({
  name: given.name ?? 'one',
  application: given.application ?? 'app',
  executedAtMs: given.executedAtMs ?? 0,
  makespanMs: (given.makespanS ?? 1) * 1_000,
  runtimeMs: Int32Array.from(given.runtimeS, (s) => s * 1_000),
  parent: Int32Array.from(given.edges ?? [], ([parent]) => parent),
  child: Int32Array.from(given.edges ?? [], ([, child]) => child),
  cores: given.cores ?? null,
});

/** One task, then `width` that run side by side, then one. */
export function forkJoin(width: number, runtimeS: number): Pick<Given, 'runtimeS' | 'edges'> {
  const middle = Array.from({ length: width }, (_, i) => i + 1);
  return {
    runtimeS: Array.from({ length: width + 2 }, () => runtimeS),
    edges: middle.flatMap((task): [number, number][] => [
      [0, task],
      [task, width + 1],
    ]),
  };
}
