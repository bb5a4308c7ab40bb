// Chains of random nights: whatever is asked of, its parts touch each other from the beginning to the landing and sum to
// the whole to the microsecond, on logs that tell every wait and on logs that tell none.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { taskRunTimes } from '../../../../shared/analysis/task-run-times.ts';
import { type CriticalChain, partMs } from '../../../../shared/analysis/why/chain.ts';
import { chargesOf } from '../../../../shared/analysis/why/charges.ts';
import { ChainReader } from '../../../../shared/analysis/why/critical-chain.ts';
import { notRunningAt } from '../../../../shared/analysis/why/not-running.ts';
import { BLOCK_CAUSES, EventKind } from '../../../../shared/model/event.ts';
import type { Log } from '../../../../shared/model/log.ts';
import { asObserved, nightOf, scenario } from '../../../simulations/experiments/counterfactual/random-night.ts';

const RUNS = { numRuns: 10 };

function chainsOf(log: Log, catalog: ReturnType<typeof nightOf>['catalog']) {
  const reader = new ChainReader(log, catalog, taskRunTimes(log));
  const chains: CriticalChain[] = [];
  for (let taskRun = 0; taskRun < log.taskRuns.task.length; taskRun++) {
    const goal = reader.landingOf(taskRun);
    if (goal === null) continue;
    const chain = reader.chain(goal);
    expect(chain.toUs).toBe(goal.at.us);
    chains.push(chain);
  }
  return { reader, chains };
}

function expectWhole(chain: CriticalChain): void {
  let atUs = chain.fromUs;
  for (const link of chain.links) {
    expect(link.fromUs).toBe(atUs);
    for (const part of link.parts) {
      expect(part.fromUs).toBe(atUs);
      expect(part.toUs).toBeGreaterThan(part.fromUs);
      atUs = part.toUs;
    }
    expect(link.toUs).toBe(atUs);
  }
  expect(atUs).toBe(chain.toUs);
  const parts = chain.links.flatMap((link) => link.parts);
  expect(parts.reduce((sum, part) => sum + part.toUs - part.fromUs, 0)).toBe(chain.toUs - chain.fromUs);
  const unknownMs = parts.reduce((sum, part) => sum + (part.cause === 'unknown' ? partMs(part) : 0), 0);
  expect(chain.unknownMs).toBeCloseTo(unknownMs, 6);
}

describe('the critical chain of any landing', () => {
  it('has parts that touch and sum exactly, and knows all of a log that tells all', () => {
    fc.assert(
      fc.property(scenario, (document) => {
        const { log, catalog } = nightOf(document);
        for (const chain of chainsOf(log, catalog).chains) {
          expectWhole(chain);
          expect(chain.unknownMs).toBe(0);
        }
      }),
      RUNS,
    );
  });

  it('sums exactly of a log that tells no waits, too, and takes the same task runs where dependencies tell them', () => {
    fc.assert(
      fc.property(scenario, (document) => {
        const { log, catalog } = nightOf(document);
        const told = chainsOf(log, catalog).chains;
        const inferred = chainsOf(asObserved(log), catalog).chains;
        expect(inferred).toHaveLength(told.length);
        for (const [i, chain] of inferred.entries()) {
          expectWhole(chain);
          expect(chain.toUs).toBe(told[i].toUs);
          expect(chain.links.at(-1)?.taskRun).toBe(told[i].links.at(-1)?.taskRun);
        }
      }),
      RUNS,
    );
  });

  it('charges the waits that the log tells, segment by segment', () => {
    fc.assert(
      fc.property(scenario, (document) => {
        const { log, catalog } = nightOf(document);
        const toldUs = waitsOf(log);
        for (const { links } of chainsOf(log, catalog).chains)
          for (const { taskRun, parts } of links)
            for (const part of parts) {
              if (part.cause !== 'pool' && part.cause !== 'retry delay') continue;
              expect(toldUs.has(`${taskRun} ${BLOCK_CAUSES.indexOf(part.cause)} ${part.fromUs} ${part.toUs}`)).toBe(
                true,
              );
            }
      }),
      RUNS,
    );
  });

  it('is late by its charges and the rest, exactly, against any usual landing', () => {
    fc.assert(
      fc.property(scenario, fc.integer({ min: -3_600, max: 3_600 }), (document, seconds) => {
        const { log, catalog } = nightOf(document);
        for (const chain of chainsOf(log, catalog).chains) {
          const usualUs = chain.toUs - seconds * 1e6;
          const charges = chargesOf(chain, usualUs, chain.fromUs, () => []);
          expect(charges.reduce((sum, { chargedMs }) => sum + chargedMs, 0)).toBeCloseTo(seconds * 1_000, 3);
          expect(charges.at(-1)?.cause).toBe('rest');
        }
      }),
      RUNS,
    );
  });

  it('says of every part’s middle that it was waiting for that, and that it ran while it ran', () => {
    fc.assert(
      fc.property(scenario, (document) => {
        const { log, catalog } = nightOf(document);
        const { reader, chains } = chainsOf(log, catalog);
        for (const { links } of chains)
          for (const { taskRun, parts } of links)
            for (const { cause, fromUs, toUs } of parts) {
              const at = notRunningAt(log, reader, taskRun, Math.floor((fromUs + toUs) / 2));
              if (cause === 'run' || cause === 'failed attempt') expect(at.state).toBe('running');
              else if (cause === 'pool') expect([at.state, at.cause]).toEqual(['waiting', 'pool']);
              else if (cause === 'publish' || cause === 'finalize queue') expect(at.state).toBe('ended');
            }
      }),
      RUNS,
    );
  });
});

/** Every wait of the log, as `task run, cause, from, to`. */
function waitsOf({ chunks }: Log): ReadonlySet<string> {
  const waits = new Set<string>();
  for (const { rows, kind, taskRun, code, value, timeUs } of chunks)
    for (let i = 0; i < rows; i++)
      if (kind[i] === EventKind.taskBlocked) waits.add(`${taskRun[i]} ${code[i]} ${value[i]} ${timeUs[i]}`);
  return waits;
}
