// What the preload script of the Electron window exposes as `window.landfall`. In a browser tab it is absent.
// A MessagePort cannot cross the context bridge, so the hand-over is a window message: `connect()` asks, and the port
// arrives as `{ type: 'landfall:port' }` from this same window with one port attached.

export interface LandfallPreload {
  /** Asks for a port to the services. May be called again when an earlier port closed. */
  connect(): void;
  /** The file system path of a dropped file; "" when it has none. */
  pathOf(file: File): string;
}

export const PORT_MESSAGE = 'landfall:port';

export function preloadOf(page: object): LandfallPreload | null {
  const exposed = (page as { landfall?: LandfallPreload }).landfall;
  return exposed && typeof exposed.connect === 'function' ? exposed : null;
}
