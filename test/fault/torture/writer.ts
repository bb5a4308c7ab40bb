// The process that is killed: owns the workspace, and writes to it through the store's commands as fast as it can, many
// runs at once. Prints `sent COMMAND` before and `acked COMMAND SEQ` after each; a pipe keeps what was printed.

import { LiveLedger } from '../../../src-main/store/live-ledger.ts';
import { takeSnapshot } from '../../../src-main/store/partitions/snapshot.ts';
import { Workspace } from '../../../src-main/store/workspace.ts';
import { smallImport } from '../../src-main/store/support/small-import.ts';
import { say } from './say.ts';
import { commandKey, contentHashOf, FAILS_EVERY, TORTURED, type Verb, WRITERS, type WriterOrders } from './words.ts';

const SNAPSHOT_EVERY_MS = 25;
const CHECKPOINT_EVERY_MS = 20;
const IMPORT_EVERY_MS = 60;

/** Ends only when it is killed. */
export async function writeUntilKilled(orders: WriterOrders): Promise<void> {
  let left = orders.times;
  const reached = (point: string): void => {
    if (point === orders.killAt && --left === 0) process.kill(process.pid, 'SIGKILL');
  };
  say('opening');
  const workspace = await Workspace.open(orders.dir, { onStep: reached, maxSegmentBytes: orders.segmentBytes });
  const live = await LiveLedger.open(workspace, { onFault: (fault) => say(`fault ${String(fault)}`) });
  say('open');
  const work: Promise<void>[] = [];
  if (orders.snapshots) work.push(keepSnapshots(live, workspace));
  if (orders.killAt === 'checkpoint') work.push(keepCheckpointing(workspace));
  if (orders.killAt.startsWith('import ')) work.push(keepImporting(workspace, orders.from, reached));
  let next = orders.from;
  const again = [...orders.again];
  for (let writer = 0; writer < WRITERS; writer++)
    work.push(keepWriting(live, () => again.pop() ?? commandKey('open', next++)));
  await Promise.all(work);
}

async function keepWriting({ commands }: LiveLedger, nextTask: () => string): Promise<void> {
  const send = async <T extends { seq: number }>(verb: Verb, run: number, command: () => Promise<T>): Promise<T> => {
    say(`sent ${commandKey(verb, run)}`);
    const answer = await command();
    say(`acked ${commandKey(verb, run)} ${answer.seq}`);
    return answer;
  };
  for (;;) {
    const [verb, number] = nextTask().split(' ');
    const [run, n] = [`run-${number}`, Number(number)];
    const partition = { ...TORTURED, partition: `n=${number}` };
    try {
      // Each run has a partition of its own, so whoever goes on with it knows its token.
      let token = 1;
      if (verb === 'open' || verb === 'observe') {
        const event = { contentHash: contentHashOf(n), event: `{"run":${n}}`, atUs: n };
        await send('observe', n, async () => ({ seq: (await commands.observe([event]))[0]?.seq ?? 0 }));
      }
      if (verb === 'observe') continue;
      if (verb === 'open') {
        token = (await send('open', n, () => commands.open({ ...partition, run, attempt: 1 }))).token;
        commands.heartbeat({ ...partition, run, token });
      }
      if (n % FAILS_EVERY === 0) {
        await send('fail', n, () => commands.fail({ ...partition, run, token, reason: 'asked to' }));
      } else {
        const outputs = [{ ...partition, token, metrics: { rowCount: n } }];
        await send('finalize', n, () => commands.finalize({ run, outputs }));
      }
    } catch (error) {
      say(`refused ${number} ${error instanceof Error && 'code' in error ? String(error.code) : String(error)}`);
    }
  }
}

async function keepSnapshots(live: LiveLedger, workspace: Workspace): Promise<void> {
  for (;;) {
    await pause(SNAPSHOT_EVERY_MS);
    const { seq, chunks, release } = takeSnapshot(live.commands.index);
    if (seq > 0) await workspace.ledger.writeSnapshot(seq, chunks);
    release();
  }
}

async function keepCheckpointing(workspace: Workspace): Promise<void> {
  for (;;) {
    await pause(CHECKPOINT_EVERY_MS);
    say('checkpoint');
    await workspace.query('CHECKPOINT');
  }
}

async function keepImporting(workspace: Workspace, from: number, reached: (point: string) => void): Promise<void> {
  for (let number = from; ; number++) {
    await workspace.addImport(smallImport(number, 50), { onStep: (step) => reached(`import ${step}`) });
    await pause(IMPORT_EVERY_MS);
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
