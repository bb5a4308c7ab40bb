// Keeps frames that came before the receiver, in order: what a transport has and a socket has not.

export class Inbox {
  #receive: ((bytes: Uint8Array) => void) | null = null;
  #early: Uint8Array[] = [];

  put(bytes: Uint8Array): void {
    if (this.#receive) this.#receive(bytes);
    else this.#early.push(bytes);
  }

  onMessage(receive: (bytes: Uint8Array) => void): void {
    this.#receive = receive;
    const early = this.#early;
    this.#early = [];
    for (const bytes of early) receive(bytes);
  }
}
