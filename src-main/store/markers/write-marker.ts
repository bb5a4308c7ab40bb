// Writes a marker so that it is there whole or not at all, and stays after a power cut. Its temporary name is hidden from
// readers of data, whatever the marker's own is. Who calls it has made sure that the version is finalized.

import { dirname, join } from 'node:path';
import { uniqueSuffix, writeDurably } from '../files.ts';

/** `text` is the marker's content; Hadoop's is empty. Throws the system's error; nothing is left behind then. */
export const writeMarker = (path: string, text = ''): Promise<void> =>
  writeDurably(path, text, { mode: 0o644, beside: join(dirname(path), `.landfall-${uniqueSuffix()}.tmp`) });
