// The hash under which a workspace keeps what was made here, not read from a file: of a text that says all it depends on.

import { createHash } from 'node:crypto';

export const contentHashOf = (text: string): string => createHash('sha256').update(text).digest('hex');
