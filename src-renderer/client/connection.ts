// What the page knows of its connection. The client writes it into a cell that state/ gives it (a store), so that this
// folder needs no library; the strip at the top of the window shows it.

export type ConnectionStatus =
  /** First try under way; nothing to tell yet. */
  | 'connecting'
  | 'open'
  /** Was open or never came about, and is being tried again. */
  | 'lost'
  /** The server is there and does not let this page in: it needs a new link. */
  | 'refused';

export interface Connection {
  readonly status: ConnectionStatus;
  /** Tries since it was last open. */
  readonly attempt: number;
  /** When the next try starts, in ms of the page's clock; null while one is under way. */
  readonly retryAtMs: number | null;
}

export const NOT_YET_CONNECTED: Connection = { status: 'connecting', attempt: 0, retryAtMs: null };

/** Where the client keeps it; zustand's vanilla store is one. */
export interface ConnectionCell {
  getState(): Connection;
  setState(change: Partial<Connection>): void;
}
