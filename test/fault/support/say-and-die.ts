// Says more than a pipe holds, and is dead before anybody has read it.

import { say } from '../torture/say.ts';

const LINES = Number(process.argv[2]);

for (let line = 1; line <= LINES; line++) say(`sent ${line}`);
process.kill(process.pid, 'SIGKILL');
