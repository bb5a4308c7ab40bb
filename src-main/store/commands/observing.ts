// Events of others into the ledger: in one durable batch, each content once. Never refused for breaking a rule.

import type { ObservedAnswer, ObservedEvent } from '../../../shared/api/ledger.ts';
import type { LedgerDraft } from '../../../shared/model/ledger.ts';
import type { SeenEvents } from '../partitions/seen-events.ts';
import type { LedgerClock } from './clock.ts';
import type { Intake } from './intake.ts';

export class Observing {
  readonly #intake: Intake;
  readonly #seen: SeenEvents;
  readonly #clock: LedgerClock;
  /** By content hash: on their way to the disk. */
  readonly #onTheirWay = new Map<string, Promise<number>>();

  constructor(intake: Intake, seen: SeenEvents, clock: LedgerClock) {
    this.#intake = intake;
    this.#seen = seen;
    this.#clock = clock;
  }

  /** Resolves when all are durable, with the seq of each and whether it was known before. */
  async observe(events: readonly ObservedEvent[]): Promise<readonly ObservedAnswer[]> {
    const receivedUs = this.#clock.nowUs();
    const drafts: LedgerDraft[] = [];
    const places = new Map<string, number>();
    for (const { contentHash, event, atUs } of events) {
      if (places.has(contentHash) || this.#onTheirWay.has(contentHash) || this.#seen.seqOf(contentHash) > 0) continue;
      places.set(contentHash, drafts.length);
      drafts.push({ kind: 'observed', atUs, receivedUs, contentHash, event });
    }
    const known = events.map(({ contentHash }) => this.#onTheirWay.get(contentHash) ?? this.#seen.seqOf(contentHash));
    const first = drafts.length === 0 ? 0 : await this.#append(drafts, places);
    const answered = new Set<string>();
    const answers: ObservedAnswer[] = [];
    for (const [i, { contentHash }] of events.entries()) {
      const place = places.get(contentHash);
      const isRepeat = place === undefined || answered.has(contentHash);
      answered.add(contentHash);
      answers.push({ seq: place === undefined ? await known[i] : first + place, known: isRepeat });
    }
    return answers;
  }

  forgetTheirWay(): void {
    this.#onTheirWay.clear();
  }

  #append(drafts: readonly LedgerDraft[], places: ReadonlyMap<string, number>): Promise<number> {
    return this.#intake.append(drafts, (first) => {
      for (const [contentHash, place] of places) {
        const seq = first.then((value) => value + place);
        // Whoever sent it is told; a repeat that waits is told too.
        seq.catch(() => {});
        this.#onTheirWay.set(contentHash, seq);
      }
      return () => {
        for (const contentHash of places.keys()) this.#onTheirWay.delete(contentHash);
      };
    });
  }
}
