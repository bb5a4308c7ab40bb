// What the channel needs of a transport: whole frames of bytes in order, and to know when it ended. Two transports
// implement it (a MessagePort, a WebSocket), and a pair in memory. A transport never looks into a frame.

export interface Protocol {
  /** Sends one frame. The channel keeps no use of the bytes, so they may be transferred. After the end: no effect. */
  send(bytes: Uint8Array): void;
  /** Takes the one receiver of frames. Frames that came before it are kept for it. */
  onMessage(receive: (bytes: Uint8Array) => void): void;
  /** Calls back once when either side ended the connection. */
  onClose(closed: () => void): void;
  /** Ends the connection for both sides. */
  close(): void;
}
