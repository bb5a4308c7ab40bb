// What is written and synced together: the appends that arrived while the batch before was being synced. Records are
// framed as they arrive, so that a flush is one write.

import { ServiceError } from '../../../shared/api/errors.ts';
import type { LedgerDraft, LedgerRecord, LedgerRecordKind } from '../../../shared/model/ledger.ts';
import { ByteWriter } from './byte-writer.ts';
import { encodeRecord } from './encode-record.ts';
import { BATCH, closeFrame, FRAME_HEADER_BYTES, MAX_PAYLOAD_BYTES, MORE } from './frame.ts';
import { CODE_OF_KIND } from './record-kinds.ts';

/** 256 MiB: of one append, or of all that wait for the disk. */
const MAX_BATCH_BYTES = 256 * 1024 * 1024;

export interface Waiter {
  readonly firstSeq: number;
  readonly resolve: (firstSeq: number) => void;
  readonly reject: (error: Error) => void;
}

type Draft<Kind> = Extract<LedgerDraft, { kind: Kind }>;
type RecordOf<Kind> = Extract<LedgerRecord, { kind: Kind }>;

// One spread for each shape: where one meets many shapes, it copies field by field.
const RECORD_OF: { readonly [Kind in LedgerRecordKind]: (draft: Draft<Kind>, seq: number) => RecordOf<Kind> } = {
  opened: (draft, seq) => ({ ...draft, seq }),
  heartbeats: (draft, seq) => ({ ...draft, seq }),
  checked: (draft, seq) => ({ ...draft, seq }),
  finalized: (draft, seq) => ({ ...draft, seq }),
  published: (draft, seq) => ({ ...draft, seq }),
  failed: (draft, seq) => ({ ...draft, seq }),
  expired: (draft, seq) => ({ ...draft, seq }),
  marker: (draft, seq) => ({ ...draft, seq }),
  declared: (draft, seq) => ({ ...draft, seq }),
  observed: (draft, seq) => ({ ...draft, seq }),
};

export class Batch {
  readonly #writer = new ByteWriter();
  readonly records: LedgerRecord[] = [];
  readonly waiters: Waiter[] = [];

  get isEmpty(): boolean {
    return this.records.length === 0;
  }

  get bytes(): Buffer {
    return this.#writer.written;
  }

  /** Frames the drafts of one append, all or none. Throws `too-large`, or RangeError for what cannot be written. */
  add(drafts: readonly LedgerDraft[], firstSeq: number, salt: number): void {
    const [byteCount, recordCount] = [this.#writer.length, this.records.length];
    try {
      for (let at = 0; at < drafts.length; at++) {
        const draft = drafts[at];
        const flags = (this.isEmpty ? BATCH : 0) | (at < drafts.length - 1 ? MORE : 0);
        this.#frame(draft, { seq: firstSeq + at, code: CODE_OF_KIND[draft.kind], flags }, salt);
        this.records.push(RECORD_OF[draft.kind](draft as never, firstSeq + at));
      }
    } catch (error) {
      this.#writer.length = byteCount;
      this.records.length = recordCount;
      throw error;
    }
  }

  #frame(draft: LedgerDraft, header: { seq: number; code: number; flags: number }, salt: number): void {
    const start = this.#writer.skip(FRAME_HEADER_BYTES);
    encodeRecord(this.#writer, draft);
    if (this.#writer.length - start - FRAME_HEADER_BYTES > MAX_PAYLOAD_BYTES) throw tooLarge('one record');
    if (this.#writer.length > MAX_BATCH_BYTES) throw tooLarge('what waits to be written');
    closeFrame(this.#writer, start, header, salt);
  }

  clear(): void {
    this.#writer.length = 0;
    this.records.length = 0;
    this.waiters.length = 0;
  }
}

const tooLarge = (what: string): ServiceError =>
  new ServiceError({ code: 'too-large', message: `${what} is more than the ledger takes at once` });
