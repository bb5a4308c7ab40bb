// The bundled sample's usual size, and how a log of it says what it was made from.

import { SAMPLE_SIZE, SAMPLE_VERSION } from '../../../simulations/scenarios/sample.ts';
import type { SampleSize } from './job.ts';

export const USUAL_SAMPLE_SIZE: SampleSize = SAMPLE_SIZE;

/** Names everything that the generator's output depends on. */
export const sampleOrigin = ({ seed, pipelines, taskRuns }: SampleSize): string =>
  `sample company v${SAMPLE_VERSION}, seed ${seed}, ${pipelines} pipelines, ${taskRuns} task runs`;
