// What a scenario says about its definitions besides themselves: backfills, faults, targets and growth name things that
// are there.

import { didYouMean } from '../../base/nearest-name.ts';
import type { Scenario, ScenarioProblem, Target } from '../scenario.ts';
import { error } from './names.ts';
import type { WorkloadIndex } from './workload-index.ts';

/** `index`: of all definitions, the scenario's own laid over its base. */
export function checkReferences(scenario: Scenario, index: WorkloadIndex): ScenarioProblem[] {
  const labels = index.tasks.map(({ label }) => label);
  return [
    ...scenario.backfills.flatMap((backfill, i) =>
      index.pipelines.has(backfill.pipeline)
        ? []
        : [unknown(['backfills', i, 'pipeline'], 'pipeline', backfill.pipeline, index.pipelines.keys())],
    ),
    ...scenario.faults.flatMap((fault, i) => selects(labels, fault.of, ['faults', i, 'of'])),
    ...scenario.targets.flatMap((target, i) => targetProblems(index, labels, target, i)),
    ...growthProblems(scenario, index),
  ];
}

function targetProblems(index: WorkloadIndex, labels: readonly string[], target: Target, i: number): ScenarioProblem[] {
  if (target.kind === 'startLatency') return selects(labels, target.of, ['targets', i, 'startLatency', 'of']);
  if (target.kind !== 'landing') return [];
  const path = ['targets', i, 'landing', 'dataset'];
  if (!index.datasets.has(target.dataset)) return [unknown(path, 'dataset', target.dataset, index.datasets.keys())];
  return index.writers.has(target.dataset) ? [] : [error(path, `no task writes ${target.dataset}: it never lands`)];
}

function growthProblems({ growth }: Scenario, { workload }: WorkloadIndex): ScenarioProblem[] {
  const known = new Set(workload.pipelines.flatMap(({ name, domain }) => (domain === '' ? [name] : [domain, name])));
  const wrong = (growth?.like ?? []).filter((name) => !known.has(name));
  const problems = wrong.map((name) => unknown(['grow', 'like'], 'domain or pipeline', name, known));
  if (growth !== null && growth.pipelines < 0)
    problems.push(error(['grow', 'pipelines'], 'growth adds pipelines: nothing says which ones would go'));
  return problems;
}

function selects(labels: readonly string[], pattern: string, path: (string | number)[]): ScenarioProblem[] {
  if (pattern === '*' || labels.some(labelMatcher(pattern))) return [];
  return [error(path, `no task is called ${JSON.stringify(pattern)}${didYouMean(pattern, labels)}`)];
}

/** Whether labels match a pattern: `*` stands for any text; a pipeline's name alone means all of its tasks. */
export function labelMatcher(pattern: string): (label: string) => boolean {
  if (pattern === '*') return () => true;
  const [first, ...parts] = pattern.split('*');
  const last = parts.pop();
  if (last === undefined) return (label) => label === pattern || label.startsWith(`${pattern}.`);
  return (label) => {
    if (!label.startsWith(first)) return false;
    let at = first.length;
    for (const part of parts) {
      const found = label.indexOf(part, at);
      if (found < 0) return false;
      at = found + part.length;
    }
    return label.length - last.length >= at && label.endsWith(last);
  };
}

const unknown = (path: (string | number)[], what: string, name: string, known: Iterable<string>): ScenarioProblem =>
  error(path, `there is no ${what} ${JSON.stringify(name)}${didYouMean(name, known)}`);
