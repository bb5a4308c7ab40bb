// What a benchmark prints: one line, one JSON object, whichever part it measured.

export interface Figures {
  readonly what: string;
  readonly tasks: number;
  /** Of one play. */
  readonly events: number;
  readonly repeats: number;
  /** Median CPU time of one play; of replications on threads the process's CPU time for each. */
  readonly cpuMs: number;
  readonly eventsPerSecond: number;
  /** The heap engine's CPU time on the same day in the same run, and this one's as a share of it; null where there is none. */
  readonly baselineCpuMs: number | null;
  readonly ratio: number | null;
  readonly peakRssMiB: number;
  /** Building for the first play, or by the clock for all replications. */
  readonly wallMs: number;
  /** What else it says, by name. */
  readonly more: Readonly<Record<string, number>>;
}
