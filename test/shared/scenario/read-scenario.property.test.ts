// No document makes the reader throw; what is read from a good one is found good again.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readScenario } from '../../../shared/scenario/read-scenario.ts';

const KEYS = [
  'version',
  'horizon',
  'pools',
  'datasets',
  'pipelines',
  'tasks',
  'schedule',
  'duration',
  'after',
  'orchestrator',
  'faults',
  'targets',
  'backfills',
  'base',
  'start',
  'zone',
  'reads',
  'p',
  't',
];
const WORDS = [
  '1m',
  '90',
  'none',
  'daily',
  '@daily',
  '0 2 * * *',
  'p',
  't',
  'p.t',
  '5%',
  'event',
  '2025-12-25',
  'manual',
  '1 per hour',
  '',
];
const anything = fc.letrec((tie) => ({
  node: fc.oneof(
    { maxDepth: 6 },
    fc.constantFrom(...WORDS),
    fc.constantFrom(0, 1, -1, 2.5, null, true, Number.NaN),
    fc.array(tie('node'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...KEYS), tie('node'), { maxKeys: 5 }),
  ),
})).node;

describe('any document', () => {
  it('is read or refused with reasons, never thrown at', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom(...KEYS), anything, { maxKeys: 8 }),
        fc.boolean(),
        (document, isVersioned) => {
          const { scenario, problems } = readScenario(isVersioned ? { ...document, version: 1 } : document);
          expect(scenario === null).toBe(problems.some(({ severity }) => severity === 'error'));
          for (const { reason } of problems) expect(reason).not.toMatch(/Invalid input|undefined|\[object/);
        },
      ),
      { numRuns: 1_000 },
    );
  });
});
