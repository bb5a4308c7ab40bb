import { expect, test } from 'vitest';
import { topicHub } from '../../../../shared/api/channel/topic-hub.ts';
import { liveHere } from '../../../../src-main/services/live/live-here.ts';
import { LiveLog } from '../../../../src-main/services/live/live-log.ts';

test('who waits for the live log when it is closed is told, and so is who comes later', async () => {
  // A ledger whose records are far behind: nothing of it comes.
  const subscribe: ConstructorParameters<typeof LiveLog>[0]['subscribe'] = (_, signal) => ({
    [Symbol.asyncIterator]: () => ({
      next: () => new Promise((resolve) => void signal.onCancel(() => resolve({ done: true, value: undefined }))),
    }),
  });
  const live = new LiveLog({ lastSeq: 5, subscribe }, liveHere, topicHub());
  const waiting = live.current();
  await live.close();
  await expect(waiting).rejects.toMatchObject({ code: 'closed' });
  await expect(live.current()).rejects.toMatchObject({ code: 'closed' });
});
