// Services in the same process are called as over any transport: checked, copied, cancelled on close.

import { describe, expect, it } from 'vitest';
import { localClient } from '../../../../shared/api/channel/local-client.ts';
import { topicHub } from '../../../../shared/api/channel/topic-hub.ts';
import { graphOf, handlersWith } from './services.ts';

describe('localClient', () => {
  it('gives a copy, so that a caller cannot change what the services keep', async () => {
    const kept = graphOf(3);
    const client = localClient(handlersWith({ 'log.graph': async () => kept }), topicHub());
    const graph = await client.call('log.graph', { log: 'a' });
    graph.pipelines.taskCount[0] = 99;
    expect(kept).toEqual(graphOf(3));
  });

  it('checks parameters, and ends', async () => {
    const client = localClient(handlersWith({}), topicHub());
    await expect(client.call('log.graph', { log: '' })).rejects.toMatchObject({ code: 'bad-request', place: 'log' });
    client.close();
    await expect(client.call('logs.list', {})).rejects.toMatchObject({ code: 'closed' });
  });
});
