// Counts over many trials, and what went wrong with enough to find it again.

export interface Outcome {
  /** What was done, with its number: with the same seed it is done again. */
  readonly name: string;
  readonly acked: number;
  readonly recovered: number;
  readonly refused: number;
  /** Commands by what happened to them. */
  readonly lost: readonly string[];
  readonly doubled: readonly string[];
  /** Anything else that must not be, in words. */
  readonly wrong: readonly string[];
  readonly openMs: number;
  readonly openCpuMs?: number;
}

export interface TortureSummary {
  readonly kind: string;
  trials: number;
  acked: number;
  recovered: number;
  lost: number;
  doubled: number;
  refused: number;
  /** Trials in which something was lost, doubled or otherwise wrong. */
  bad: number;
  openMsMax: number;
  openCpuMsMax: number;
  readonly findings: string[];
}

const SHOWN = 5;

export async function summarize(
  kind: string,
  outcomes: AsyncIterable<Outcome>,
  onOutcome: (outcome: Outcome, summary: TortureSummary) => void,
): Promise<TortureSummary> {
  const counts = {
    trials: 0,
    acked: 0,
    recovered: 0,
    lost: 0,
    doubled: 0,
    refused: 0,
    bad: 0,
    openMsMax: 0,
    openCpuMsMax: 0,
  };
  const summary: TortureSummary = { kind, ...counts, findings: [] };
  for await (const outcome of outcomes) {
    const { name, lost, doubled, wrong } = outcome;
    summary.trials++;
    summary.acked += outcome.acked;
    summary.recovered += outcome.recovered;
    summary.lost += lost.length;
    summary.doubled += doubled.length;
    summary.refused += outcome.refused;
    summary.openMsMax = Math.max(summary.openMsMax, outcome.openMs);
    summary.openCpuMsMax = Math.max(summary.openCpuMsMax, outcome.openCpuMs ?? 0);
    if (lost.length + doubled.length + wrong.length > 0) summary.bad++;
    const findings = { lost, doubled, wrong };
    for (const [what, of] of Object.entries(findings)) {
      if (of.length > 0)
        summary.findings.push(`${name}: ${what}: ${of.slice(0, SHOWN).join('; ')} (${of.length} in all)`);
    }
    onOutcome(outcome, summary);
  }
  return summary;
}

export function summaryText(summary: TortureSummary): string {
  const { kind, trials, acked, recovered, lost, doubled, refused, bad, openMsMax, openCpuMsMax, findings } = summary;
  return [
    `${kind}: ${trials} trials, ${bad} bad; slowest opening ${openMsMax.toFixed(0)} ms, ${openCpuMsMax.toFixed(0)} ms of CPU`,
    `  acked ${acked}  recovered ${recovered}  lost ${lost}  doubled ${doubled}  refused ${refused}`,
    ...findings.map((finding) => `  ${finding}`),
    '',
  ].join('\n');
}
