// Writes batches to the end of the ledger: makes segments, seals full ones, keeps the mark. One call at a time.
// After any of its calls failed, only `reopen` may be called: the file that failed is never synced again.

import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { crc32c } from './crc32c.ts';
import type { Disk, DiskFile } from './disk.ts';
import { createWhole, withFile, writeAll } from './disk-io.ts';
import { damagedLedger } from './ledger-failures.ts';
import type { LedgerPaths } from './ledger-paths.ts';
import type { OnLedgerStep } from './ledger-steps.ts';
import { Mark } from './mark.ts';
import type { Place, Recovered, Segment, Tail } from './recover.ts';
import { scanSegment } from './scan-segment.ts';
import { firstSeqOfName, ID_BYTES, saltOf, segmentFooter, segmentHeader, segmentName } from './segment.ts';

export interface SegmentWriterOptions {
  readonly disk: Disk;
  readonly paths: LedgerPaths;
  readonly onStep: OnLedgerStep;
  readonly maxSegmentBytes: number;
}

/** Free space that must be there before a stopped ledger goes on. */
const PROBE_BYTES = 1024 * 1024;
/** Whoever reads on from a seq, many times a second, reads no more than this of what is before it. */
const PLACE_EVERY_BYTES = 256 * 1024;

export class SegmentWriter {
  readonly id: Buffer;
  readonly salt: number;
  readonly #options: SegmentWriterOptions;
  readonly #sealed: Segment[];
  #tail: Tail | null;
  /** Of the tail: the first batch after every so many bytes that were written here. */
  #places: Place[] = [];
  #file: DiskFile | null = null;
  #mark: Mark | null = null;
  #lastSeq: number;

  constructor(recovered: Recovered, options: SegmentWriterOptions) {
    this.id = recovered.id ?? randomBytes(ID_BYTES);
    this.salt = saltOf(this.id);
    this.#options = options;
    this.#sealed = [...recovered.sealed];
    this.#tail = recovered.tail;
    this.#lastSeq = recovered.lastSeq;
  }

  /** All segments by seq, as far as they are durable. */
  get segments(): readonly Segment[] {
    return this.#tail === null ? this.#sealed : [...this.#sealed, { ...this.#tail, places: this.#places }];
  }

  /** Opens what recovery found for writing. A ledger of no records is made only by its first write. */
  async start(): Promise<void> {
    if (this.#lastSeq === 0) return;
    this.#mark = await Mark.create(this.#options.disk, this.#options.paths.mark, this.#markState());
    if (this.#tail !== null) this.#file = await this.#options.disk.open(this.#tail.path, 'change');
  }

  /** Durable when it resolves. `bytes` are frames of the seqs up to `lastSeq`. */
  async write(bytes: Buffer, records: number, lastSeq: number): Promise<void> {
    const { onStep, maxSegmentBytes } = this.#options;
    if (this.#tail !== null && this.#tail.end >= maxSegmentBytes) await this.#seal(this.#tail);
    const tail = this.#tail ?? (await this.#createSegment());
    const file = this.#openFile();
    await writeAll(file, bytes, tail.end);
    onStep('write');
    await file.sync();
    onStep('sync');
    const written = {
      ...tail,
      end: tail.end + bytes.length,
      lastSeq,
      records: tail.records + records,
      sum: crc32c(bytes, tail.sum),
    };
    this.#mark?.write({ id: this.id, seq: lastSeq, segment: tail.firstSeq, end: written.end });
    // Only now: had the mark failed, nobody would be told, and `reopen` takes the batch away again.
    this.#tail = written;
    this.#lastSeq = lastSeq;
    if (tail.end >= (this.#places.at(-1)?.offset ?? 0) + PLACE_EVERY_BYTES) {
      this.#places.push({ seq: lastSeq - records + 1, offset: tail.end });
    }
    onStep('mark');
  }

  /** Makes the mark durable too, so that a power failure leaves it as it is. */
  async syncMark(): Promise<void> {
    await this.#mark?.sync();
  }

  /**
   * After a failure: cuts off what was not acknowledged, with a new descriptor, reads the segment again, and tries
   * whether the disk takes writes. Throws when it does not; it may be called again.
   */
  async reopen(): Promise<void> {
    await this.#closeFiles();
    const { disk, paths } = this.#options;
    await disk.makeFolder(paths.segments);
    await this.#removeUnfinished();
    if (this.#tail !== null) this.#file = await this.#reopenTail(this.#tail);
    await this.#probe();
    if (this.#lastSeq > 0) this.#mark = await Mark.create(disk, paths.mark, this.#markState());
  }

  async close(): Promise<void> {
    try {
      await this.syncMark();
    } finally {
      await this.#closeFiles();
    }
  }

  #markState(): { id: Buffer; seq: number; segment: number; end: number } {
    const segment = this.#tail ?? this.#sealed.at(-1);
    return { id: this.id, seq: this.#lastSeq, segment: segment?.firstSeq ?? 0, end: segment?.end ?? 0 };
  }

  #openFile(): DiskFile {
    if (this.#file === null) throw new Error('no segment is open');
    return this.#file;
  }

  async #seal(tail: Tail): Promise<void> {
    const file = this.#openFile();
    const { firstSeq, lastSeq, records, sum, path, end } = tail;
    await writeAll(file, segmentFooter({ firstSeq, lastSeq, records, sum }, this.salt), end);
    await file.sync();
    this.#options.onStep('seal');
    this.#file = null;
    await file.close();
    this.#sealed.push({ path, firstSeq, lastSeq, end, places: this.#places });
    this.#places = [];
    this.#tail = null;
  }

  async #createSegment(): Promise<Tail> {
    const { disk, paths, onStep } = this.#options;
    if (this.#mark === null) {
      await disk.makeFolder(paths.segments);
      await disk.syncFolder(paths.workspace);
      this.#mark = await Mark.create(disk, paths.mark, this.#markState());
    }
    await this.#mark.sync();
    const firstSeq = this.#lastSeq + 1;
    const path = join(paths.segments, segmentName(firstSeq));
    const header = segmentHeader({ id: this.id, firstSeq });
    this.#file = await createWhole(disk, path, (to) => writeAll(to, header, 0));
    const tail = { path, firstSeq, lastSeq: this.#lastSeq, end: header.length, records: 0, sum: crc32c(header) };
    this.#tail = tail;
    onStep('rotate');
    return tail;
  }

  /** Half-made files, and a segment that came into being after the last acknowledged record. */
  async #removeUnfinished(): Promise<void> {
    const { disk, paths } = this.#options;
    for (const name of await disk.list(paths.segments)) {
      const firstSeq = firstSeqOfName(name);
      const isNewer = firstSeq !== null && firstSeq > this.#lastSeq && firstSeq !== this.#tail?.firstSeq;
      if (isNewer || name.endsWith('.part')) await disk.remove(join(paths.segments, name));
    }
    await disk.syncFolder(paths.segments);
  }

  async #reopenTail(tail: Tail): Promise<DiskFile> {
    const { disk, paths } = this.#options;
    const file = await disk.open(tail.path, 'change');
    try {
      await file.truncate(tail.end);
      await file.sync();
      const header = segmentHeader({ id: this.id, firstSeq: tail.firstSeq });
      const scan = await scanSegment(file, header, { firstSeq: tail.firstSeq, size: tail.end, salt: this.salt });
      if (scan.lastSeq === tail.lastSeq && scan.sum === tail.sum && scan.end === tail.end) return file;
      throw damagedLedger(paths.workspace, tail.path, `seq ${tail.lastSeq} was acknowledged and cannot be read again`);
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  async #probe(): Promise<void> {
    const { disk, paths } = this.#options;
    const path = join(paths.segments, 'probe.part');
    try {
      await withFile(disk.open(path, 'create'), async (file) => {
        await writeAll(file, Buffer.alloc(PROBE_BYTES), 0);
        await file.sync();
      });
    } finally {
      await disk.remove(path);
    }
  }

  async #closeFiles(): Promise<void> {
    const open = [this.#file, this.#mark];
    this.#file = null;
    this.#mark = null;
    for (const file of open) await file?.close().catch(() => {});
  }
}
