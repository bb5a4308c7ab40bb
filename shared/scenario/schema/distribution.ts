// How a duration is written: `20m` for one that never varies, or the name of a distribution with its parameters.

import * as z from 'zod';
import { type Distribution, distributionProblem } from '../../model/distribution.ts';
import { exactlyOne, notNegative, positive, span, strict } from './values.ts';

const FORMS = {
  values: z
    .array(span, { error: 'a list of observed spans is wanted' })
    .max(100_000, { error: 'more than 100,000 values' }),
  uniform: strict({ low: span, high: span }, 'uniform'),
  exponential: strict({ mean: span }, 'exponential'),
  normal: strict({ mean: span, sd: span }, 'normal'),
  lognormal: strict({ median: span, sigma: notNegative }, 'lognormal'),
  gamma: strict({ shape: positive, scale: span }, 'gamma'),
  weibull: strict({ shape: positive, scale: span }, 'weibull'),
  pert: strict({ low: span, mode: span, high: span }, 'pert'),
} as const;

const optional = Object.fromEntries(Object.entries(FORMS).map(([key, form]) => [key, form.optional()])) as {
  [Key in keyof typeof FORMS]: z.ZodOptional<(typeof FORMS)[Key]>;
};

const shaped = strict(optional, 'a distribution')
  .meta({ minProperties: 1, maxProperties: 1 })
  .superRefine(exactlyOne(Object.keys(FORMS), 'a distribution'));

type Shaped = z.output<typeof shaped>;

/** A constant or a distribution; impossible parameters are refused with the reason. */
export const distribution = z
  .union([span, shaped], {
    error: 'a time span (20m) or a distribution (lognormal: {median: 20m, sigma: 0.4}) is wanted',
  })
  .meta({ id: 'distribution', description: 'a time span, or one distribution with its parameters' })
  .transform((written, context): Distribution => {
    const d = typeof written === 'number' ? { kind: 'constant' as const, valueMs: written } : distributionOf(written);
    const problem = distributionProblem(d);
    if (problem !== null) context.addIssue({ code: 'custom', message: `${d.kind}: ${problem}` });
    return d;
  });

function distributionOf(w: Shaped): Distribution {
  if (w.values) return { kind: 'empirical', valuesMs: Float64Array.from(w.values) };
  if (w.uniform) return { kind: 'uniform', lowMs: w.uniform.low, highMs: w.uniform.high };
  if (w.exponential) return { kind: 'exponential', meanMs: w.exponential.mean };
  if (w.normal) return { kind: 'normal', meanMs: w.normal.mean, sdMs: w.normal.sd };
  if (w.lognormal) return { kind: 'lognormal', medianMs: w.lognormal.median, sigma: w.lognormal.sigma };
  if (w.gamma) return { kind: 'gamma', shape: w.gamma.shape, scaleMs: w.gamma.scale };
  if (w.weibull) return { kind: 'weibull', shape: w.weibull.shape, scaleMs: w.weibull.scale };
  const pert = w.pert as NonNullable<Shaped['pert']>;
  return { kind: 'pert', lowMs: pert.low, modeMs: pert.mode, highMs: pert.high };
}
