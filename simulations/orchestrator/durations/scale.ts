// A distribution of the same shape at another scale: every time that it gives is `factor` times as long, so each draw of
// the same key is too.

import type { Distribution } from '../../../shared/model/distribution.ts';

/** `factor` at least 0; 1 gives the same distribution back. */
export function scaled(d: Distribution, factor: number): Distribution {
  if (factor === 1) return d;
  switch (d.kind) {
    case 'constant':
      return { ...d, valueMs: d.valueMs * factor };
    case 'empirical':
      return { ...d, valuesMs: d.valuesMs.map((value) => value * factor) };
    case 'uniform':
      return { ...d, lowMs: d.lowMs * factor, highMs: d.highMs * factor };
    case 'exponential':
      return { ...d, meanMs: d.meanMs * factor };
    case 'normal':
      return { ...d, meanMs: d.meanMs * factor, sdMs: d.sdMs * factor };
    case 'lognormal':
      return { ...d, medianMs: d.medianMs * factor };
    case 'gamma':
    case 'weibull':
      return { ...d, scaleMs: d.scaleMs * factor };
    case 'pert':
      return { ...d, lowMs: d.lowMs * factor, modeMs: d.modeMs * factor, highMs: d.highMs * factor };
  }
}
