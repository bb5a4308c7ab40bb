// Which runs are learnt from and which are predicted: the runs of each application in order of time, by turns, so that
// a third of them lies in every part of the period. Three rotations let every third be learnt from once. Nothing here
// looks at a measured makespan.

export const ROTATIONS = [0, 1, 2] as const;
export type Rotation = (typeof ROTATIONS)[number];

interface DatedRun {
  readonly name: string;
  readonly application: string;
  readonly executedAtMs: number;
}

export interface Split<Run> {
  readonly application: string;
  readonly training: readonly Run[];
  readonly heldOut: readonly Run[];
}

/**
 * By application in order of name. Training are the runs whose place in time, counted from 0, leaves `rotation` when
 * divided by 3; an application of two runs has no place 2 and trains on its first instead. One run alone is left out:
 * there is nothing to predict it from.
 */
export function splitThirds<Run extends DatedRun>(runs: readonly Run[], rotation: Rotation): readonly Split<Run>[] {
  const applications = [...new Set(runs.map(({ application }) => application))].sort(compareText);
  return applications
    .map((application) => splitOne(application, inTimeOrder(runs, application), rotation))
    .filter(({ heldOut }) => heldOut.length > 0);
}

function splitOne<Run>(application: string, ordered: readonly Run[], rotation: Rotation): Split<Run> {
  const remainder = rotation < ordered.length ? rotation : 0;
  return {
    application,
    training: ordered.filter((_, place) => place % ROTATIONS.length === remainder),
    heldOut: ordered.filter((_, place) => place % ROTATIONS.length !== remainder),
  };
}

const inTimeOrder = <Run extends DatedRun>(runs: readonly Run[], application: string): Run[] =>
  runs
    .filter((run) => run.application === application)
    .sort((a, b) => a.executedAtMs - b.executedAtMs || compareText(a.name, b.name));

/** By UTF-16 unit: the same everywhere. */
const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
