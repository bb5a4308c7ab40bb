// The plain nights of the sample company between the two threads that play them: each takes the next one that nobody has
// taken, so both end together; the helper then hands its landings to the maker, which waits for them.
// Which thread plays a night changes nothing. Should one of them fail, the host ends the other.

import { type MessagePort, receiveMessageOnPort } from 'node:worker_threads';
import type { LandingTimes } from '../../../simulations/scenarios/nights/landing-times.ts';
import { PLAIN_NIGHTS, type SampleNights } from '../../../simulations/scenarios/sample.ts';
import { buffersOf } from './job-side.ts';

/** Cells of the memory that both see. */
const TAKEN = 0;
const PLAYED = 1;
const HANDED_OVER = 2;

/** All nights: the plain ones, and those in detail. */
const ALL_NIGHTS = PLAIN_NIGHTS + 2;

/** By night; null for those that the other thread played. */
type Landings = (LandingTimes | null)[];

export const sharedNights = (): Int32Array => new Int32Array(new SharedArrayBuffer(3 * Int32Array.BYTES_PER_ELEMENT));

/** Counts a night as played; gives back which share of all is. */
export const playedShare = (shared: Int32Array): number => (Atomics.add(shared, PLAYED, 1) + 1) / ALL_NIGHTS;

/** Plays plain nights until all are taken. `onNight` is told the share of all nights that is played. */
export function takeNights(nights: SampleNights, shared: Int32Array, onNight: (share: number) => void): Landings {
  const landings: Landings = Array.from({ length: PLAIN_NIGHTS }, () => null);
  for (;;) {
    const night = Atomics.add(shared, TAKEN, 1);
    if (night >= PLAIN_NIGHTS) return landings;
    landings[night] = nights.landings(night);
    onNight(playedShare(shared));
  }
}

/** The helper's last act. */
export function handOver(landings: Landings, shared: Int32Array, port: MessagePort): void {
  port.postMessage(landings, buffersOf(landings));
  Atomics.store(shared, HANDED_OVER, 1);
  Atomics.notify(shared, HANDED_OVER);
}

/** What the helper played put into its places; blocks the thread until it is there. */
export function completeNights(own: Landings, shared: Int32Array, helper: MessagePort | null): LandingTimes[] {
  if (helper !== null) Atomics.wait(shared, HANDED_OVER, 0);
  const helped = helper === null ? [] : (receiveMessageOnPort(helper)?.message as Landings);
  return own.map((landings, night) => {
    const one = landings ?? helped[night];
    if (one === null || one === undefined) throw new Error(`night ${night} of the sample was played by nobody`);
    return one;
  });
}
