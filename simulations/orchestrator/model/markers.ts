// Datasets that tell their readers by a marker file instead of an event: it is written once the data is whole, others see
// it a while later, and whoever is told by it looks for it on a grid of its own from time 0. Who polls for data anyway
// (sensors.ts) finds the marker at its own looks.

import type { Orchestrator } from '../../../shared/scenario/scenario.ts';
import type { MessageRows } from '../run-plan/messages.ts';

export class Markers {
  /** False when all are told by events: then nobody need ask. */
  readonly isBinding: boolean;
  readonly #messages: MessageRows;
  readonly #pollMs: number;

  constructor(messages: MessageRows, { finalize }: Orchestrator) {
    this.#messages = messages;
    this.isBinding = messages.hasMarkers;
    this.#pollMs = finalize.markerPollMs;
  }

  /** Whether a message is a marker. */
  isMarked(message: number): boolean {
    return this.isBinding && this.#messages.isMarker(message);
  }

  /** When those are told who are told by a marker that is there from `nowMs` on; 0 where an event tells them. */
  lookMs(message: number, nowMs: number): number {
    if (!this.isMarked(message)) return 0;
    return this.#pollMs === 0 ? nowMs : Math.ceil(nowMs / this.#pollMs) * this.#pollMs;
  }
}
