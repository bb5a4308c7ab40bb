// The name of a result: the same play has the same, traced or not; another seed or replication another.

import { expect, it } from 'vitest';
import { resultHash } from '../../../../simulations/orchestrator/model/result-hash.ts';
import { Trace } from '../../../../simulations/orchestrator/model/trace.ts';
import { playerOf } from './support/play.ts';

const document = (seed: number) => ({
  seed,
  horizon: '12h',
  orchestrator: { preset: 'airflow-2', finalize: { service: '2s', servers: 2 } },
  datasets: { d: { partitioned: 'hourly', check: { duration: '20s', passes: '90%' } } },
  faults: [
    { kind: 'crash', share: '5%' },
    { kind: 'zombie-writer', share: '5%', lasts: '10m' },
  ],
  pipelines: {
    p: {
      schedule: { every: '5m' },
      retries: 2,
      tasks: { t: { duration: { exponential: { mean: '4m' } }, writes: 'd' }, u: { duration: '9s', after: 't' } },
    },
  },
});

it('is a function of plan, seed and replication, not of tracing or of what was played before', () => {
  const { player } = playerOf(document(1));
  const hashes = [0, 1, 0].map((replication) => {
    player.play(replication);
    return resultHash(player);
  });
  player.play(0, new Trace());
  const again = resultHash(player);
  const other = playerOf(document(2)).player;
  other.play(0);
  expect(hashes[2]).toBe(hashes[0]);
  expect(again).toBe(hashes[0]);
  expect(new Set([hashes[0], hashes[1], resultHash(other)]).size).toBe(3);
  expect(hashes[0]).toMatch(/^[0-9a-f]{32}$/);
});

const rowsOf = (trace: Trace): number[][] => {
  const rows: number[][] = [];
  trace.forEach((...row) => rows.push(row));
  return rows;
};

it('a trace is the same whatever was traced before, in new memory or in used', () => {
  const { player } = playerOf(document(1));
  const first = new Trace();
  player.play(0, first);
  const rows = rowsOf(first);
  const used = new Trace();
  player.play(1, used);
  expect(rowsOf(used)).not.toEqual(rows);
  used.clear();
  player.play(0, used);
  expect(rowsOf(used)).toEqual(rows);
  expect(rowsOf(first)).toEqual(rows);
});
