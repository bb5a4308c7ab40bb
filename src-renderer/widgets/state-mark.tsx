// A meaning as a small shape: ring, disc, check, triangle, diamond, hatched. Shape tells what colour tells.

import type { Meaning } from './meaning.ts';

const SHAPES: Readonly<Record<Meaning, React.ReactNode>> = {
  waiting: <circle cx="6" cy="6" r="4" fill="none" stroke="var(--wait)" strokeWidth="1.6" />,
  running: <circle cx="6" cy="6" r="4.6" fill="var(--run)" />,
  whole: (
    <>
      <circle cx="6" cy="6" r="5" fill="var(--whole)" />
      <path d="M3.6 6.2 5.3 7.9 8.5 4.4" fill="none" stroke="var(--panel)" strokeWidth="1.5" />
    </>
  ),
  late: <path d="M6 .8 11.6 10.8H.4Z" fill="var(--late)" />,
  early: <path d="M6 .4 11.6 6 6 11.6.4 6Z" fill="var(--early)" />,
  unknown: (
    <>
      <rect x="1.5" y="1.5" width="9" height="9" rx="2" fill="none" stroke="var(--wait)" />
      <path d="M2 7 7 2M3 10.5 10.5 3M7 10.5 10.5 7" stroke="var(--wait)" />
    </>
  ),
};

export function StateMark({ meaning }: { meaning: Meaning }) {
  return (
    <svg className="state-mark" width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
      {SHAPES[meaning]}
    </svg>
  );
}
