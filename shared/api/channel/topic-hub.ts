// Tells every listener of a topic, in the order in which they came. One hub a set of services.

import type { TopicSource } from '../client.ts';
import type { Topic, Topics } from '../contract.ts';

export interface TopicHub extends TopicSource {
  emit<T extends Topic>(topic: T, value: Topics[T]): void;
}

export function topicHub(): TopicHub {
  const listeners = new Map<Topic, Set<(value: never) => void>>();
  return {
    listen(topic, listener) {
      const set = listeners.get(topic) ?? new Set();
      listeners.set(topic, set);
      // A function of its own, so that the same listener may listen twice.
      const entry = (value: never): void => listener(value);
      set.add(entry);
      return () => set.delete(entry);
    },
    emit(topic, value) {
      // A copy: a listener may listen or stop while it is told.
      for (const listener of Array.from(listeners.get(topic) ?? [])) listener(value as never);
    },
  };
}
