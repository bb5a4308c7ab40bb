// Home's last sentence claims no more than the log tells.

import { expect, test } from 'vitest';
import { nightSentences } from '../../../src-main/services/night/night-sentences.ts';

const NIGHT = {
  zone: 'UTC',
  deliverables: [],
  total: 0,
  met: 0,
  missed: 0,
  unknown: 0,
  earlyReads: [],
  proved: 0,
  overlap: 0,
  cannotTell: 0,
};

test.each([
  ['a log without reads', NIGHT, 0, 'It tells of no reads, so none can be called early.'],
  ['reads, none early', NIGHT, 14, 'None of the 14 reads in it is known to have come before its data were whole.'],
  ['one proved', { ...NIGHT, proved: 1, cannotTell: 3 }, 14, '1 proved early read; 0 overlap, 3 cannot be told.'],
])('%s', (_, night, reads, last) => {
  expect(nightSentences(night, reads)).toEqual(['Nothing in this log has a deadline.', last]);
});
