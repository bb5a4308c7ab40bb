// The vectors of RFC 3720, appendix B.4, and the check value that catalogues of CRCs give for "123456789".

import { expect, test } from 'vitest';
import { crc32c } from '../../../../src-main/store/ledger/crc32c.ts';

const counted = Uint8Array.from({ length: 32 }, (_, at) => at);
// An iSCSI SCSI Read (10) command PDU.
const readCommand = new Uint8Array(48);
readCommand.set([0x01, 0xc0], 0);
readCommand.set([0x14], 16);
readCommand.set([0x04, 0, 0, 0, 0, 0x14, 0, 0, 0, 0x18, 0x28], 22);
readCommand.set([0x02], 40);

const VECTORS: readonly [string, Uint8Array, number][] = [
  ['32 bytes of zeros', new Uint8Array(32), 0x8a9136aa],
  ['32 bytes of ones', new Uint8Array(32).fill(0xff), 0x62a8ab43],
  ['32 incrementing bytes', counted, 0x46dd794e],
  ['32 decrementing bytes', counted.toReversed(), 0x113fdb5c],
  ['an iSCSI read command', readCommand, 0xd9963a56],
  ['"123456789"', Buffer.from('123456789'), 0xe3069283],
  ['nothing', new Uint8Array(0), 0],
];

test.each(VECTORS)('%s', (_, bytes, sum) => {
  expect(crc32c(bytes)).toBe(sum);
});

test('a checksum can be gone on with at any place', () => {
  const bytes = Buffer.from('the checksum of two parts is that of the whole');
  for (let cut = 0; cut <= bytes.length; cut++) {
    expect(crc32c(bytes, crc32c(bytes, 0, 0, cut), cut)).toBe(crc32c(bytes));
  }
});
