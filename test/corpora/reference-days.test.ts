// Every reference day of the data folder, to the byte of its expected.csv. Their answers were made by programs that
// are not in this repository.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { DayAnswer } from '../../shared/model/reference-day.ts';
import { HeapDay } from '../../simulations/benchmarks/heap-day.ts';
import { createDayPlayer, summarizeDay } from '../../simulations/orchestrator/reference-day.ts';
import { readDayFolder } from '../../src-main/importers/reference-day/read-day-folder.ts';

const data = process.env.LANDFALL_DATA;
const root = join(data ?? '', 'reference-days');

describe.skipIf(!data)('the reference days', () => {
  for (const name of data ? readdirSync(root) : []) {
    it(`${name} is right to the byte`, async () => {
      const { day, problems } = await readDayFolder(join(root, name));
      if (day === null) throw new Error(`${name}: ${problems[0]?.reason}`);
      const expected = readFileSync(join(root, name, 'expected.csv'));
      const player = createDayPlayer(day);
      for (let time = 0; time < 2; time++) {
        player.play();
        expect(csvOf(player.answer()).equals(expected)).toBe(true);
      }
      const baseline = new HeapDay(day);
      baseline.play();
      expect(csvOf(baseline.answer()).equals(expected)).toBe(true);
      expect(summarizeDay(day, player.answer())).toMatchObject({
        events: player.events,
        makespanMs: player.makespanMs,
      });
    });
  }
});

function csvOf({ readyMs, startMs, finishMs, finalMs }: DayAnswer): Buffer {
  const lines = Array.from(readyMs, (ready, t) => `${t},${ready},${startMs[t]},${finishMs[t]},${finalMs[t]}\n`);
  return Buffer.from(lines.join(''));
}
