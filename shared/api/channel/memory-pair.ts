// Two ends of a channel in one process. Frames arrive in order and never inside the call that sent them, as on a real
// transport.

import { Inbox } from './inbox.ts';
import type { Protocol } from './protocol.ts';

export function memoryPair(): [Protocol, Protocol] {
  const first = new MemoryEnd();
  const second = new MemoryEnd();
  first.peer = second;
  second.peer = first;
  return [first, second];
}

class MemoryEnd implements Protocol {
  peer: MemoryEnd | null = null;
  readonly #inbox = new Inbox();
  readonly #closed: (() => void)[] = [];
  #open = true;

  send(bytes: Uint8Array): void {
    const peer = this.peer;
    if (this.#open && peer) void Promise.resolve().then(() => peer.#open && peer.#inbox.put(bytes));
  }

  onMessage(receive: (bytes: Uint8Array) => void): void {
    this.#inbox.onMessage(receive);
  }

  onClose(closed: () => void): void {
    this.#closed.push(closed);
  }

  close(): void {
    this.#end();
    const peer = this.peer;
    if (peer) void Promise.resolve().then(() => peer.#end());
  }

  #end(): void {
    if (!this.#open) return;
    this.#open = false;
    for (const closed of this.#closed) closed();
  }
}
