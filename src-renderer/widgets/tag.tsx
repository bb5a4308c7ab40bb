// A word in a frame: a verdict, a grade of evidence, a source. The tone is a meaning's, or none.

export type Tone = 'run' | 'whole' | 'late' | 'early' | 'warn';

export function Tag({ tone, title, children }: { tone?: Tone; title?: string; children: React.ReactNode }) {
  return (
    <span className={tone ? `tag ink-${tone}` : 'tag'} title={title}>
      {children}
    </span>
  );
}

const VERDICT_TONES: Readonly<Record<string, Tone>> = {
  met: 'whole',
  pass: 'whole',
  missed: 'late',
  fail: 'late',
  proved: 'early',
  overlap: 'warn',
};

/** A verdict as the analyses name it. PASS and FAIL are capitals, as in every report. */
export function VerdictTag({ verdict }: { verdict: string }) {
  const tone = VERDICT_TONES[verdict];
  const text = verdict === 'pass' || verdict === 'fail' ? verdict.toUpperCase() : verdict;
  return <Tag {...(tone ? { tone } : {})}>{text}</Tag>;
}
