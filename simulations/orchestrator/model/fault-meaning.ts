// Faults that cannot mean anything where they are written: a step that their kind, the orchestrator or the tasks that
// they name do not have, a run that there is not. Each is refused before the run, with its place and its reason.

import { labelMatcher } from '../../../shared/scenario/checks/check-references.ts';
import type {
  Fault,
  FaultKind,
  FaultStep,
  Orchestrator,
  Scenario,
  ScenarioProblem,
} from '../../../shared/scenario/scenario.ts';
import { labelOf, type TaskDef, type Workload } from '../../../shared/scenario/workload.ts';
import { isByMarker } from '../run-plan/messages.ts';
import type { RunPlan } from '../run-plan/plan.ts';
import { onceTaskRuns } from './fault-targets.ts';

type Path = readonly (string | number)[];

const error = (path: Path, reason: string): ScenarioProblem => ({ severity: 'error', path, atKey: false, reason });
const when = (is: boolean, path: Path, reason: string): ScenarioProblem[] => (is ? [error(path, reason)] : []);

/** Steps of a version, which a task has that writes a dataset. */
const VERSION_STEPS: readonly FaultStep[] = ['open', 'check', 'finalize', 'publish'];
const PUBLISH_KINDS: readonly FaultKind[] = ['publish-late', 'publish-lost', 'publish-duplicated'];
const TIMED_STEP = { 'task-failure': 'end', crash: 'finalize', 'zombie-writer': 'finalize' } as const;

/** `workload`: what is played, the scenario's own laid over its base. */
export function meaninglessFaults({ faults, orchestrator }: Scenario, workload: Workload): ScenarioProblem[] {
  return [
    ...heartbeatProblems(orchestrator),
    ...faults.flatMap((fault, i) => {
      const path = ['faults', i];
      return [
        ...kindProblems(fault, path),
        ...messageProblems(fault, workload, path),
        ...when(
          fault.step === 'heartbeat' && fault.kind !== 'worker-loss' && orchestrator.heartbeats === null,
          [...path, 'step'],
          'the orchestrator has no heartbeats: write orchestrator: {heartbeat: {…}}',
        ),
        ...taskProblems(fault, workload, path),
      ];
    }),
  ];
}

function heartbeatProblems({ heartbeats }: Orchestrator): ScenarioProblem[] {
  if (heartbeats === null || heartbeats.everyMs < heartbeats.timeoutMs) return [];
  const { everyMs, timeoutMs } = heartbeats;
  const reason = `a writer that beats every ${everyMs} ms and is taken for dead after ${timeoutMs} ms never lives`;
  return [error(['orchestrator', 'heartbeat'], reason)];
}

function messageProblems({ kind, of, message }: Fault, { pipelines, datasets }: Workload, path: Path) {
  if (message === undefined) return [];
  const at = [...path, 'message'];
  if (!PUBLISH_KINDS.includes(kind)) return [error(at, `a ${kind} strikes no message: only a publish has one`)];
  const told = new Set(datasets.filter((each) => isByMarker(each) === (message === 'marker')).map(({ name }) => name));
  const isNamed = labelMatcher(of);
  const isTold = pipelines.some(({ name, tasks }) =>
    tasks.some((task) => isNamed(labelOf(name, task.name)) && task.writes.some((dataset) => told.has(dataset))),
  );
  const how = message === 'marker' ? 'a marker tells of' : 'an event tells of';
  return when(!isTold, at, `no task that ${JSON.stringify(of)} names writes a dataset that ${how}`);
}

function kindProblems({ kind, step, timing }: Fault, path: Path): ScenarioProblem[] {
  const at = [...path, 'step'];
  switch (kind) {
    case 'store-outage':
      return when(step === 'start' || step === 'end', at, `the store has no part in a task's ${step}`);
    case 'late-source':
      return when(step !== 'start', at, 'a late source holds back the start, and no other step');
    case 'publish-late':
    case 'publish-lost':
    case 'publish-duplicated':
      return when(step !== 'publish', at, `a ${kind} strikes the publish, and no other step`);
    case 'worker-loss':
      return when(step !== 'heartbeat', at, 'a worker is lost at a time, not at a step');
    default: {
      const isTimed = timing.kind === 'rate' || timing.kind === 'schedule';
      return [
        ...when(
          isTimed && step !== TIMED_STEP[kind],
          at,
          'a rate or a time strikes then, not at a step: write share or once',
        ),
        ...when(
          kind === 'zombie-writer' && (step === 'start' || step === 'open'),
          at,
          'a zombie has opened its version: it falls asleep at a later step',
        ),
      ];
    }
  }
}

function taskProblems(
  { kind, of, step, timing }: Fault,
  { pipelines, datasets }: Workload,
  path: Path,
): ScenarioProblem[] {
  const isStep = timing.kind === 'share' || timing.kind === 'once' || kind === 'store-outage';
  if (!isStep || !VERSION_STEPS.includes(step)) return [];
  const isNamed = labelMatcher(of);
  const named = pipelines.flatMap(({ name, tasks }) => tasks.filter((task) => isNamed(labelOf(name, task.name))));
  const writers = named.filter(({ writes }) => writes.length > 0);
  if (writers.length === 0) {
    return when(named.length > 0, [...path, 'of'], `no task that ${JSON.stringify(of)} names writes a dataset`);
  }
  const checked = new Set(datasets.flatMap(({ name, check }) => (check === null ? [] : [name])));
  const isChecked = ({ writes }: TaskDef): boolean => writes.some((name) => checked.has(name));
  const reason = `no dataset that ${JSON.stringify(of)} writes declares a check`;
  return when(step === 'check' && !writers.some(isChecked), [...path, 'step'], reason);
}

/** What only the plan tells: a `once` whose run is not there. */
export function unstruckFaults(plan: RunPlan, faults: readonly Fault[]): ScenarioProblem[] {
  return faults.flatMap((fault, i) => {
    if (fault.timing.kind !== 'once' || onceTaskRuns(plan, fault).length > 0) return [];
    const { partition } = fault.timing;
    const what = partition === '' ? 'no run' : `no run for ${JSON.stringify(partition)}`;
    return [error(['faults', i, 'once'], `${JSON.stringify(fault.of)} has ${what} within the horizon`)];
  });
}
