// Tonight in a sentence, from a fit that was asked for in this page: what it says when none was, while it plays, and when
// it is done. Small, for Home shows it before the Fit screen is loaded.

import type { FitReport, FitRow, FitVerdict } from '../../shared/api/views-fit.ts';
import type { FitState } from '../state/fit-run.ts';
import { formatCount } from '../widgets/format.ts';
import type { Sentence, SentencePart } from '../widgets/sentence.tsx';

/** Worst first. */
const WORST: readonly FitVerdict[] = ['missed', 'undecided', 'cannot confirm', 'met'];

/** A row is as good as the worst of its targets; null where it says nothing of any. */
export const rowVerdict = ({ standings }: Pick<FitRow, 'standings'>): FitVerdict | null =>
  WORST.find((verdict) => standings.some((standing) => standing?.verdict === verdict)) ?? null;

export function outlookSentence(state: FitState): Sentence {
  if (state.status === 'idle') return ['Tonight has not been played yet: ', link('will it fit?'), ''];
  if (state.status === 'failed') return ['Tonight ', link('could not be played'), '.'];
  if (state.status === 'running') {
    const { progress } = state;
    if (progress === null || progress.of === 0) return ['Tonight ', link('is being played'), '.'];
    return [
      'Tonight is being played: ',
      link(`${formatCount(progress.played)} of ${formatCount(progress.of)} nights`),
      '.',
    ];
  }
  const { report } = state.answer;
  if (state.wasStopped || report === null) return ['Tonight ', link('was not played to the end'), '.'];
  return doneSentence(report);
}

const link = (text: string, verdict?: FitVerdict | null): SentencePart => ({
  text,
  to: 'fit',
  ...(verdict === 'met' ? { tone: 'whole' as const } : {}),
  ...(verdict === 'missed' ? { tone: 'late' as const } : {}),
});

/** `Tonight met; +40 % missed with 128 slots of spark, met with 152 (extrapolated).` */
function doneSentence({ rows }: FitReport): Sentence {
  const of = (kind: FitRow['kind']): FitRow | undefined => rows.find((row) => row.kind === kind);
  const [today, grown, searched] = [of('today'), of('grown'), of('searched')];
  const clause = (label: string, row: FitRow, withPool: boolean): Sentence => {
    const verdict = rowVerdict(row);
    const slots = row.slots === null ? '' : ` with ${formatCount(row.slots)}${withPool ? ` slots of ${row.pool}` : ''}`;
    return [
      label,
      link(verdict ?? 'nothing known', verdict),
      slots,
      row.extrapolated.length > 0 ? ' (extrapolated)' : '',
    ];
  };
  const clauses = [
    ...(today ? [clause('Tonight: ', today, true)] : []),
    ...(grown ? [clause(`${grown.label}: `, grown, !today || today.pool !== grown.pool)] : []),
    ...(searched ? [clause('', searched, false)] : []),
  ];
  return [...clauses.flatMap((each, i) => (i === 0 ? each : [', ', ...each])), '.'];
}
