// Which observed events are in the ledger already, by 64 bits of their content's hash, so that the same event again is
// known. Two generations of a fixed size: at least the last GENERATION_EVENTS are known, memory stays flat. An older
// duplicate is stored again, which changes nothing: what is derived from observations ignores repeats.

import { hashText } from '../../../shared/base/hash.ts';

/** A power of two. */
const GENERATION_EVENTS = 524_288;
const SECOND_SEED = 0x9e3779b9;

export interface SeenContent {
  readonly size: number;
  /** High word, low word of each slot; both 0 where the slot is free. */
  readonly words: Uint32Array;
  readonly seqs: Float64Array;
}

class Generation {
  size = 0;
  readonly words: Uint32Array;
  readonly seqs: Float64Array;

  constructor(content: SeenContent) {
    this.size = content.size;
    this.words = content.words;
    this.seqs = content.seqs;
  }

  static ofSize(events: number): Generation {
    return new Generation({ size: 0, words: new Uint32Array(events * 4), seqs: new Float64Array(events * 2) });
  }

  /** The slot of these words, or the free one where they belong. */
  slotOf(high: number, low: number): number {
    const { words } = this;
    const mask = this.seqs.length - 1;
    let slot = low & mask;
    while (words[slot * 2] !== 0 || words[slot * 2 + 1] !== 0) {
      if (words[slot * 2] === high && words[slot * 2 + 1] === low) break;
      slot = (slot + 1) & mask;
    }
    return slot;
  }
}

export class SeenEvents {
  /** Made with the first event: most ledgers of commands never see one. */
  #newer: Generation | null = null;
  #older: Generation | null = null;
  readonly #generationEvents: number;

  constructor(generationEvents: number = GENERATION_EVENTS) {
    this.#generationEvents = generationEvents;
  }

  /** The seq under which this content is in the ledger, or 0. */
  seqOf(contentHash: string): number {
    const { high, low } = fingerprint(contentHash);
    for (const generation of [this.#newer, this.#older]) {
      const seq = generation === null ? 0 : generation.seqs[generation.slotOf(high, low)];
      if (seq > 0) return seq;
    }
    return 0;
  }

  add(contentHash: string, seq: number): void {
    const { high, low } = fingerprint(contentHash);
    if (this.#newer === null || this.#newer.size === this.#generationEvents) {
      this.#older = this.#newer;
      this.#newer = Generation.ofSize(this.#generationEvents);
    }
    const newer = this.#newer;
    const slot = newer.slotOf(high, low);
    if (newer.seqs[slot] === 0) newer.size++;
    newer.words[slot * 2] = high;
    newer.words[slot * 2 + 1] = low;
    newer.seqs[slot] = seq;
  }

  /** Copies, oldest first. */
  get content(): readonly SeenContent[] {
    const generations = [this.#older, this.#newer].filter((generation) => generation !== null);
    return generations.map(({ size, words, seqs }) => ({ size, words: words.slice(), seqs: seqs.slice() }));
  }

  static of(content: readonly SeenContent[]): SeenEvents {
    const seen = new SeenEvents(content.length === 0 ? GENERATION_EVENTS : content[0].seqs.length / 2);
    const [older, newer] = content.map((generation) => new Generation(generation));
    seen.#newer = newer ?? older ?? null;
    seen.#older = newer === undefined ? null : (older ?? null);
    return seen;
  }
}

/** Two words that are not both 0. */
function fingerprint(contentHash: string): { high: number; low: number } {
  const high = hashText(contentHash) >>> 0;
  const low = hashText(contentHash, SECOND_SEED) >>> 0;
  return { high, low: high === 0 && low === 0 ? 1 : low };
}
