// What a host needs to know of the bundled sample before it is made: its usual size, the smallest, how a log of it says
// what it was made from, and the scenario that comes with it.

import { SMALLEST } from '../../../simulations/scenarios/company/company.ts';
import { SAMPLE_SIZE, SAMPLE_VERSION, tonightText } from '../../../simulations/scenarios/sample.ts';
import type { SampleSize } from './job.ts';

export const USUAL_SAMPLE_SIZE: SampleSize = SAMPLE_SIZE;
export const SMALLEST_SAMPLE: Pick<SampleSize, 'pipelines' | 'taskRuns'> = SMALLEST;

/** Names everything that the generator's output depends on. */
export const sampleOrigin = ({ seed, pipelines, taskRuns }: SampleSize): string =>
  `sample company v${SAMPLE_VERSION}, seed ${seed}, ${pipelines} pipelines, ${taskRuns} task runs`;

/** The text of `scenarios/tonight.yaml`. */
export const sampleTonight = (size: SampleSize): string => tonightText(size);
