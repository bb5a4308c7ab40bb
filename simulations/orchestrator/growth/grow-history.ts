// Observed nights under grown definitions: a new task takes the times of its model in the same night (so what was slow
// together stays slow together), and all times are x (1 + data).

import type { DurationHistory } from '../durations/history.ts';
import type { GrownWorkload } from './grow-workload.ts';

export function growHistory(history: DurationHistory, { models, dataFactor }: GrownWorkload): DurationHistory {
  const known = new Map(history.labels.map((label, id) => [label, id]));
  const added = [...models].flatMap(([label, model]) => {
    const id = known.get(model);
    return id === undefined ? [] : [{ label, id }];
  });
  const columns = [...history.labels.keys(), ...added.map(({ id }) => id)];
  const offsets = [0];
  const valuesMs: number[] = [];
  for (let night = 0; night < history.nights.length; night++)
    for (const column of columns) {
      const cell = night * history.labels.length + column;
      for (let i = history.offsets[cell]; i < history.offsets[cell + 1]; i++)
        valuesMs.push(history.valuesMs[i] * dataFactor);
      offsets.push(valuesMs.length);
    }
  return {
    labels: [...history.labels, ...added.map(({ label }) => label)],
    nights: history.nights,
    offsets: Int32Array.from(offsets),
    valuesMs: Float64Array.from(valuesMs),
  };
}
