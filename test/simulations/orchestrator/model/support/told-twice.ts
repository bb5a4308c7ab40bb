// The log of one play, from a trace that leaves out what can be derived and from one that tells everything.

import { EventKind } from '../../../../../shared/model/event.ts';
import { type Log, versionLabel } from '../../../../../shared/model/log.ts';
import { Cause } from '../../../../../simulations/orchestrator/model/causes.ts';
import { logOfPlay } from '../../../../../simulations/orchestrator/model/model-log.ts';
import { catalogOfPlan } from '../../../../../simulations/orchestrator/model/plan-catalog.ts';
import { Trace } from '../../../../../simulations/orchestrator/model/trace.ts';
import { playerOf } from './play.ts';

interface ToldTwice {
  readonly short: Log;
  readonly full: Log;
  /** Task runs of which the short trace says no more than it must. */
  readonly leftOut: number;
  /** Waits for others of a higher priority that the short trace does not tell. */
  readonly overtaken: number;
}

export function toldTwice(document: object): ToldTwice {
  const short = playerOf(document);
  const full = playerOf(document);
  full.player.toldInFull.fill(1);
  full.player.tellsOvertaken = true;
  const [one, other] = [short, full].map(({ plan, player }) => {
    const trace = new Trace();
    player.play(0, trace);
    const header = { name: 'l', source: 'simulated', title: '', zone: 'UTC', landing: 'published' } as const;
    return logOfPlay({ header, catalog: catalogOfPlan(plan.definitions), plan, player, trace });
  });
  return {
    short: one,
    full: other,
    leftOut: short.player.toldInFull.filter((isTold) => isTold === 0).length,
    overtaken: short.player.tellsOvertaken ? 0 : waitsForPriority(one),
  };
}

const waitsForPriority = ({ chunks }: Log): number =>
  chunks.reduce(
    (sum, { kind, code }) =>
      sum + kind.filter((k, i) => k === EventKind.taskBlocked && code[i] === Cause.priority).length,
    0,
  );

/** By task run, and of each in their order. */
export const eventsByTaskRun = (log: Log): string[] =>
  log.chunks
    .flatMap((c) =>
      Array.from({ length: c.rows }, (_, i) => ({
        taskRun: c.taskRun[i],
        event: [
          ...[c.timeUs, c.kind, c.run, c.taskRun, c.attempt, c.code, c.value].map((column) => column[i]),
          c.version[i] < 0 ? '' : versionLabel(log, c.version[i]),
          c.text[i] < 0 ? '' : log.names.texts[c.text[i]],
        ].join(' '),
      })),
    )
    .sort((a, b) => a.taskRun - b.taskRun)
    .map(({ event }) => event);
