// A client of services in the same process: the whole channel over a pair in memory, so that a command sees exactly what
// a screen sees (checked parameters, errors, copies instead of shared objects).

import type { Client, Handlers, TopicSource } from '../client.ts';
import { clientOver } from './client-over.ts';
import { memoryPair } from './memory-pair.ts';
import { type ServeOptions, serveOver } from './serve-over.ts';

export function localClient(handlers: Handlers, topics: TopicSource, options: ServeOptions = {}): Client {
  const [near, far] = memoryPair();
  serveOver(far, handlers, topics, options);
  return clientOver(near);
}
