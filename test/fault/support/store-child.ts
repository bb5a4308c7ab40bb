// A process that owns a workspace, or tries to, for tests that kill it. Speaks in lines on stdout:
//   create DIR                   makes a workspace; says `creating` before and `created` after
//   hold DIR                     opens; says `open`; stays until killed or its stdin ends
//   race DIR                     says `ready`, waits for a line, opens; says `won` and stays, or `lost CODE MESSAGE`
//   locks DIR                    says `ready`; for each line, the name of a lock in DIR, says `NAME won` or `NAME lost`
//   import DIR FROM TO STEP N    adds small imports FROM … TO - 1; says `acked NUMBER` after each. At the N-th time
//                                that step STEP of an import is done it kills itself; `-` never does
//   remove DIR NAME              removes a log; says `removed`
//   duckdb FILE                  keeps a DuckDB file open as a program that is not Landfall; says `open`

import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DuckDBInstance } from '@duckdb/node-api';
import { acquireLock } from '../../../src-main/store/lock/lock-file.ts';
import { Workspace } from '../../../src-main/store/workspace.ts';
import { smallImport } from '../../src-main/store/support/small-import.ts';
import { CHILD_HEARTBEATS, type ChildVerb } from './store-child-words.ts';

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const VERBS: Readonly<Record<ChildVerb, (args: readonly string[]) => Promise<void>>> = {
  async create([dir]) {
    say('creating');
    const workspace = await Workspace.create(dir, 'made by a child');
    say('created');
    await workspace.close();
  },
  async hold([dir]) {
    const workspace = await Workspace.open(dir);
    say('open');
    await once(process.stdin.resume(), 'end');
    await workspace.close();
  },
  async race([dir]) {
    say('ready');
    await once(process.stdin, 'data');
    const opened = await Workspace.open(dir).catch((error: unknown) => error);
    if (!(opened instanceof Workspace)) {
      const code = opened instanceof Error && 'code' in opened ? String(opened.code) : 'unknown';
      say(`lost ${code} ${String(opened)}`);
      return;
    }
    say('won');
    await once(process.stdin, 'end');
    await opened.close();
  },
  async locks([dir]) {
    say('ready');
    for await (const name of createInterface({ input: process.stdin })) {
      const lock = await acquireLock(join(dir, name));
      say(`${name} ${lock.ok ? 'won' : 'lost'}`);
    }
  },
  async import([dir, from, to, stepToDieAt, times]) {
    const workspace = await Workspace.open(dir);
    let left = Number(times);
    for (let number = Number(from); number < Number(to); number++) {
      say(`adding ${number}`);
      await workspace.addImport(smallImport(number, CHILD_HEARTBEATS), {
        onStep(step) {
          if (step === stepToDieAt && --left === 0) process.kill(process.pid, 'SIGKILL');
        },
      });
      say(`acked ${number}`);
    }
    await workspace.close();
  },
  async remove([dir, name]) {
    const workspace = await Workspace.open(dir);
    say('removing');
    await workspace.removeLog(name);
    say('removed');
    await workspace.close();
  },
  async duckdb([file]) {
    const instance = await DuckDBInstance.create(file);
    say('open');
    await once(process.stdin.resume(), 'end');
    instance.closeSync();
  },
};

const [verb, ...args] = process.argv.slice(2);
await VERBS[verb as ChildVerb](args);
process.exit(0);
