// Finalize ordering: with the lifecycle's rules on, no consumer that checks its dependencies reads early, whatever goes
// wrong; and each rule that a test can switch off is needed: without it a counterexample is found.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkOrdering } from '../../../../shared/analysis/ordering/check.ts';
import { RULES } from '../../../../shared/lifecycle/rules.ts';
import { SWITCHABLE_RULES } from '../../../../simulations/orchestrator/model/rule-switches.ts';
import { runs } from '../../../support/runs.ts';
import { logged } from './support/play.ts';
import { faultOf, KINDS, scenarioWith } from './support/random-scenario.ts';

const proved = (document: object, off: readonly (typeof RULES)[number]['name'][] = []) => {
  const { log } = logged(document, 0, new Set(off));
  const report = checkOrdering(log, { toleranceMs: 0, limit: 1 });
  return { reads: report.reads, proved: report.proved, rules: report.rules, findings: report.findings };
};

describe('with all rules on', () => {
  it.each(KINDS)('nothing is read early under the fault %s', (kind) => {
    fc.assert(
      fc.property(scenarioWith(fc.array(faultOf(kind), { minLength: 1, maxLength: 2 })), (document) => {
        const report = proved(document);
        expect({ proved: report.proved, findings: report.findings }).toEqual({ proved: 0, findings: [] });
      }),
      { numRuns: runs(6) },
    );
  });
});

const BEATS = { heartbeat: { every: '10s', timeout: '30s', scan: '20s' } };

/** Writers that sleep and wake late, markers that come late, events that come twice, and a second writer of what is marked. */
const tempting = scenarioWith(
  fc.constant([
    { kind: 'zombie-writer', share: '30%', step: 'finalize', lasts: '10m' },
    { kind: 'zombie-writer', share: '30%', step: 'heartbeat', lasts: '50s' },
    { kind: 'publish-late', share: '30%', lasts: '5m' },
    { kind: 'publish-duplicated', share: '30%' },
  ]),
).map((document) => ({
  ...document,
  orchestrator: { ...document.orchestrator, ...BEATS },
  pipelines: {
    ...document.pipelines,
    over: { schedule: '18 * * * *', tasks: { clean: { duration: '5m', writes: 'clean' } } },
  },
}));

it('with all rules on nothing is found where they are needed', () => {
  fc.assert(
    fc.property(tempting, (document) => {
      const report = proved(document);
      expect({ proved: report.proved, findings: report.findings }).toEqual({ proved: 0, findings: [] });
    }),
    { numRuns: runs(8) },
  );
});

describe('without the rule', () => {
  it.each(SWITCHABLE_RULES)('%s a counterexample is found, which its report names', (rule) => {
    const found = fc.check(
      fc.property(tempting, (document) => {
        const { rules } = proved(document, [rule]);
        return !rules.some((count) => count.rule === rule && count.proved > 0);
      }),
      // Any counterexample will do: shrinking it is for whoever reads one. One comes within a few draws; so many that
      // none by bad luck is out of the question.
      { numRuns: 1_000, endOnFailure: true },
    );
    expect(found.failed).toBe(true);
  });

  it('every rule that forbids something can be switched off', () => {
    const names = RULES.map(({ name }) => name).filter((name) => name !== 'lineage-is-current');
    expect([...SWITCHABLE_RULES].sort()).toEqual(names.sort());
  });
});
