// Names that the main process, the preload script and the page agree on.

/** Page to main process: "I want a port to the services". */
export const CONNECT_CHANNEL = 'landfall:connect';
/** Main process to preload script: one port attached. */
export const PORT_CHANNEL = 'landfall:port';
/** Preload script to page, as `{ type }` of a window message with the port attached. */
export const PORT_MESSAGE = 'landfall:port';
