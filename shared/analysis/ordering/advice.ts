// What to collect so that more can be told: counted while judging, said as sentences at the end. Only what would have
// changed a grade is counted.

const SENTENCES = {
  keys: (n: number) =>
    `${plural(n, 'overlap')} cannot be tied to a partition: send the nominal time with every run (OpenLineage nominalTime), or declare where a dataset’s partition key is found`,
  versions: (n: number) =>
    `${plural(n, 'read')} overlapped a writer and ${n === 1 ? 'does' : 'do'} not say which version was read: record the dataset version or the number of rows read`,
  times: (n: number) =>
    `${plural(n, 'read')} could not be ordered: record when a task reads, and when a version is finalized`,
  opens: (n: number) =>
    `${plural(n, 'read')} met a version whose writing began at an unknown time: name the outputs on the event that starts a run`,
  finalizes: (n: number) => `${plural(n, 'read')} met a version with a publish and no finalize: record the finalize`,
  outside: (n: number) =>
    `${plural(n, 'read')} ${n === 1 ? 'is' : 'are'} of data whose writing is not in this log: import the logs of the writers too`,
} as const;

type Lack = keyof typeof SENTENCES;

export class Advice {
  readonly #counts = new Map<Lack, number>();

  count(lack: Lack): void {
    this.#counts.set(lack, (this.#counts.get(lack) ?? 0) + 1);
  }

  sentences(): string[] {
    const lacks = Object.keys(SENTENCES) as Lack[];
    return lacks.flatMap((lack) => {
      const count = this.#counts.get(lack);
      return count === undefined ? [] : [SENTENCES[lack](count)];
    });
  }
}

const plural = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`;
