// How a figure is known, in one letter with a title: recorded is the silent case, inferred and unknown are said.

import { EVIDENCE_NAMES, Evidence } from '../../shared/model/event.ts';

const TITLES = [
  'Recorded: a source says so.',
  'Inferred: worked out from other events.',
  'Unknown: no source says it.',
];

export function EvidenceMark({ evidence }: { evidence: Evidence }) {
  if (evidence === Evidence.recorded) return null;
  return (
    <span className="evidence" title={TITLES[evidence]}>
      {EVIDENCE_NAMES[evidence]}
    </span>
  );
}
