// Who waits for whom: changes for changes, exclusive ones for readers too, and nobody for a failure.

import { expect, test } from 'vitest';
import { WorkQueue } from '../../../src-main/store/work-queue.ts';

/** Work that begins when the queue lets it and ends when the test says so. */
function controlled(journal: string[], name: string) {
  let end: (() => void) | undefined;
  const gate = new Promise<string>((resolve) => {
    end = () => resolve(name);
  });
  const work = (): Promise<string> => {
    journal.push(`${name} begins`);
    return gate.finally(() => journal.push(`${name} ends`));
  };
  return { work, end: () => end?.() };
}

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('readers run beside each other and beside a change; changes one after another', async () => {
  const [queue, journal] = [new WorkQueue(), [] as string[]];
  const [a, b, one, two] = ['a', 'b', 'one', 'two'].map((name) => controlled(journal, name));
  const runs = [queue.read(a.work), queue.change(one.work), queue.read(b.work), queue.change(two.work)];
  await settle();
  expect(journal.toSorted()).toEqual(['a begins', 'b begins', 'one begins']);
  one.end();
  await settle();
  expect(journal.slice(3)).toEqual(['one ends', 'two begins']);
  for (const work of [a, b, two]) work.end();
  expect(await Promise.all(runs)).toEqual(['a', 'one', 'b', 'two']);
});

test('an exclusive change waits for earlier readers and changes, and later ones wait for it', async () => {
  const [queue, journal] = [new WorkQueue(), [] as string[]];
  const [early, change, alone, late] = ['early', 'change', 'alone', 'late'].map((name) => controlled(journal, name));
  const runs = [queue.read(early.work), queue.change(change.work), queue.exclusive(alone.work), queue.read(late.work)];
  const after = queue.change(() => Promise.resolve('after'));
  await settle();
  expect(journal.toSorted()).toEqual(['change begins', 'early begins']);
  change.end();
  await settle();
  expect(journal).not.toContain('alone begins');
  early.end();
  await settle();
  expect(journal.slice(-1)).toEqual(['alone begins']);
  alone.end();
  late.end();
  expect(await Promise.all(runs)).toEqual(['early', 'change', 'alone', 'late']);
  expect(await after).toBe('after');
});

const fail = (): Promise<never> => Promise.reject(new Error('no'));

test('a failure is told to its caller and holds nobody up', async () => {
  const queue = new WorkQueue();
  const failures = [queue.read(fail), queue.change(fail), queue.exclusive(fail)];
  for (const failure of failures) await expect(failure).rejects.toThrow('no');
  expect(await queue.read(() => Promise.resolve(1))).toBe(1);
  expect(await queue.exclusive(() => Promise.resolve(2))).toBe(2);
});
