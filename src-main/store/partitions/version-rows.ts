// Rows of versions in blocks: appended, changed in place, never removed. Blocks are not moved when the table grows, so
// ten million rows never exist twice. While a snapshot is being written each block is kept as it was: the first change
// of one copies it.

import { BLOCK_ROWS, VersionBlock } from './version-block.ts';

const SHIFT = Math.log2(BLOCK_ROWS);
const MASK = BLOCK_ROWS - 1;

export interface FrozenRows {
  readonly size: number;
  readonly blocks: readonly ArrayBuffer[];
  release(): void;
}

export class VersionRows {
  readonly #blocks: VersionBlock[] = [];
  #size = 0;
  /** While a snapshot is under way, by block: 1 where the snapshot has the block's memory. */
  #frozen: Uint8Array | null = null;

  get size(): number {
    return this.#size;
  }

  get byteLength(): number {
    return this.#blocks.reduce((sum, block) => sum + block.memory.byteLength, 0);
  }

  /** The block of a row, to be read. The place in it is `placeOf(row)`. */
  blockOf(row: number): VersionBlock {
    return this.#blocks[row >>> SHIFT];
  }

  /** The words of a row's block that lie together, to be read: HOT_WORDS from `placeOf(row) * HOT_WORDS` on. */
  hotOf(row: number): Uint32Array {
    return this.#blocks[row >>> SHIFT].hot;
  }

  /** The block of a row, to be changed. */
  changedBlockOf(row: number): VersionBlock {
    const index = row >>> SHIFT;
    const frozen = this.#frozen;
    if (frozen === null || frozen[index] !== 1) return this.#blocks[index];
    frozen[index] = 0;
    const block = new VersionBlock(this.#blocks[index].memory.slice(0));
    this.#blocks[index] = block;
    return block;
  }

  /** A new row; all of its columns are 0. */
  add(): number {
    const row = this.#size++;
    if (row >>> SHIFT === this.#blocks.length) this.#blocks.push(new VersionBlock());
    return row;
  }

  /** The blocks as of now, which nothing changes until `release`: a change meets a copy. One freeze at a time. */
  freeze(): FrozenRows {
    if (this.#frozen !== null) throw new Error('a snapshot is under way');
    this.#frozen = new Uint8Array(this.#blocks.length).fill(1);
    const memory = this.#blocks.map((block) => block.memory);
    return { size: this.#size, blocks: memory, release: () => void (this.#frozen = null) };
  }

  static of(blocks: readonly ArrayBuffer[], size: number): VersionRows {
    const rows = new VersionRows();
    for (const memory of blocks) rows.#blocks.push(new VersionBlock(memory));
    rows.#size = size;
    return rows;
  }
}

export const placeOf = (row: number): number => row & MASK;
