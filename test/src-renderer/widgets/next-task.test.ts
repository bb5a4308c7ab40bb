// Work of a later task: after what is under way, in the order asked for, and not when it is called off.

import { expect, it } from 'vitest';
import { inNextTask, nextTask } from '../../../src-renderer/widgets/next-task.ts';

it('comes after the task that asks for it and after its microtasks', async () => {
  const told: string[] = [];
  const done = new Promise<void>((resolve) =>
    inNextTask(() => {
      told.push('later');
      resolve();
    }),
  );
  told.push('now');
  await Promise.resolve().then(() => told.push('microtask'));
  expect(told).toEqual(['now', 'microtask']);
  await done;
  expect(told).toEqual(['now', 'microtask', 'later']);
});

it('does not come when it is called off', async () => {
  let came = 0;
  inNextTask(() => came++)();
  await nextTask();
  await nextTask();
  expect(came).toBe(0);
});
