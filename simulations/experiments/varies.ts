// Whether anything is drawn in an experiment. Where nothing is, one night tells all and no interval is needed.

import type { Distribution } from '../../shared/model/distribution.ts';
import type { Scenario } from '../../shared/scenario/scenario.ts';
import type { RunPlan } from '../orchestrator/run-plan/plan.ts';
import type { Experiment } from './replicate.ts';

export function varies({ scenario, history }: Experiment, plan: RunPlan): boolean {
  return (
    plan.variesByReplication ||
    history !== null ||
    orchestratorVaries(scenario) ||
    scenario.faults.some(({ timing, lasts }) => timing.kind === 'share' || timing.kind === 'rate' || isDrawn(lasts)) ||
    workloadVaries(plan)
  );
}

const isDrawn = (d: Distribution | null): boolean => d !== null && d.kind !== 'constant';

function orchestratorVaries({ orchestrator: { executor, finalize } }: Scenario): boolean {
  return [executor.startUp, finalize.service, finalize.publishDelay, finalize.markerVisible].some(isDrawn);
}

function workloadVaries({ definitions: { tasks, pipelines, workload } }: RunPlan): boolean {
  return (
    tasks.some(({ duration, stragglers, finalize }) => isDrawn(duration) || stragglers !== null || isDrawn(finalize)) ||
    pipelines.some(({ variation, jitter }) => variation.run > 0 || variation.night > 0 || isDrawn(jitter)) ||
    workload.datasets.some(({ check }) => check !== null && (check.passShare < 1 || isDrawn(check.duration)))
  );
}
