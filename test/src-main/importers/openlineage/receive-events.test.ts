// The body of a request as events: each refusal has its code, secrets and large facets stay out of what is stored, and
// the same content has the same hash.

import { describe, expect, it } from 'vitest';
import { LIMITS } from '../../../../shared/base/limits.ts';
import { NamePool } from '../../../../src-main/importers/openlineage/name-pool.ts';
import {
  BATCH_EVENTS_MAX,
  type ReceivedEvent,
  receiveEvents,
  startsBatch,
  storedEvent,
} from '../../../../src-main/importers/openlineage/receive-events.ts';
import { DAY, event, parent } from '../support/lineage-text.ts';

const receive = (body: string | Uint8Array) => receiveEvents(Buffer.from(body), new NamePool());

function accepted(body: string): ReceivedEvent {
  const result = receive(body);
  const [one] = result.ok ? result.value.events : [];
  if (one === undefined) throw new Error(JSON.stringify(result));
  return one;
}

const refusal = (body: string | Uint8Array): string => {
  const result = receive(body);
  return result.ok ? 'accepted' : result.error.code;
};

const nested = (depth: number): string => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;

describe('a single event', () => {
  it('is stored as canonical text, which reads back as the same event', () => {
    const text = event('COMPLETE', 5, { facets: { ...DAY, ...parent('p1', 'nightly') }, outputs: ['out'] });
    const one = accepted(text);
    expect(JSON.parse(one.event)).toEqual(JSON.parse(text));
    expect(storedEvent(one.event, new NamePool())).toEqual(one.lineage);
    expect(one.atUs).toBe(Date.UTC(2025, 11, 25, 1, 5) * 1_000);
  });

  it('has the hash of its content, whatever the order of its keys', () => {
    const text = event('START', 1, { inputs: ['a'] });
    const turned = JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(text)).toReversed()));
    expect(turned).not.toBe(text);
    expect(accepted(turned).contentHash).toBe(accepted(text).contentHash);
    expect(accepted(event('START', 2, { inputs: ['a'] })).contentHash).not.toBe(accepted(text).contentHash);
  });

  it.each([
    ['text that is no JSON', 'hello', 'not-json'],
    ['nothing', '', 'not-json'],
    ['half an event', event('START', 1).slice(0, -3), 'not-json'],
    ['bytes that are no UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), 'not-json'],
    ['two events in a row', `${event('START', 1)}\n${event('START', 2)}`, 'not-json'],
    ['nesting beyond 64', nested(65), 'too-deep'],
    ['a key that is there twice', event('START', 1).replace('{', '{"eventType":"FAIL",'), 'duplicate-key'],
    ['a text beyond the limit', event('START', 1, { run: 'x'.repeat(LIMITS.stringBytes + 1) }), 'too-large'],
    ['a template where a UUID should be', event('START', 1, { run: '{{ any(result) }}' }), 'template'],
    ['an object that is no event', '{"hello":"world"}', 'not-an-event'],
    ['a number', '7', 'not-an-event'],
    ['a time without a zone', event('START', 1).replace(':00Z', ':00'), 'not-an-event'],
    ['an event beyond 10 MB', `{"eventType":"START","x":"${' '.repeat(LIMITS.eventBytes)}"}`, 'event-too-large'],
  ])('is refused: %s', (_what, body, code) => {
    expect(refusal(body)).toBe(code);
  });

  it('says of a key that is there twice only that: nothing of it counts', () => {
    const refused = receive(event('START', 1).replace('{', '{"eventType":"FAIL",'));
    expect(refused).toMatchObject({ ok: false, error: { reason: 'the key "eventType" is there twice in one object' } });
  });

  it('nests as deep as the limit allows', () => {
    expect(refusal(nested(64))).toBe('not-an-event');
  });
});

describe('a batch', () => {
  it('takes what it can and tells the rest by place', () => {
    const body = `[${event('START', 1)}, {"a":1}, ${event('COMPLETE', 2)}, 7]`;
    const result = receive(body);
    expect(result.ok && result.value.isBatch).toBe(true);
    expect(result.ok && result.value.events.map(({ index }) => index)).toEqual([0, 2]);
    expect(result.ok && result.value.refused.map(({ index, code }) => [index, code])).toEqual([
      [1, 'not-an-event'],
      [3, 'not-an-event'],
    ]);
  });

  it('is refused as a whole when it is cut off or has too many events', () => {
    expect(refusal(`[${event('START', 1)}`)).toBe('not-json');
    expect(refusal(`[${'1,'.repeat(BATCH_EVENTS_MAX)}1]`)).toBe('batch-too-large');
  });

  it('is told from a single event by its first character', () => {
    expect([' \n[', '{', '  ', ''].map((text) => startsBatch(Buffer.from(text)))).toEqual([true, false, null, null]);
  });
});

describe('what is stored', () => {
  const stored = (facets: object): { run: { facets: Record<string, unknown> }; landfallLeftOut?: string[] } =>
    JSON.parse(accepted(event('FAIL', 1, { facets })).event);

  it('leaves out large facets that nothing reads, and says so', () => {
    const { run, landfallLeftOut } = stored({
      ...DAY,
      'spark.logicalPlan': { plan: 'p'.repeat(5_000) },
      tags: { a: 1 },
    });
    expect(Object.keys(run.facets).toSorted()).toEqual(['nominalTime', 'tags']);
    expect(landfallLeftOut).toEqual(['run.facets.spark.logicalPlan (5011 characters)']);
  });

  it('holds no secret: environments, telling names, passwords in addresses and messages', () => {
    const text = accepted(
      event('FAIL', 1, {
        facets: {
          environmentVariables: { environmentVariables: [{ name: 'HOME', value: 'hunter2' }] },
          errorMessage: { message: 'login failed: password=hunter2 at db' },
          spark_properties: { properties: { 'spark.db.password': 'hunter2', 'spark.url': 'jdbc://u:hunter2@host/x' } },
        },
        inputs: [{ namespace: 'postgres://me:hunter2@db:5432', name: 'orders' }],
      }),
    ).event;
    expect(text).not.toContain('hunter2');
    expect(text).toContain('"landfallLeftOut":["run.facets.environmentVariables"]');
    expect(text).toContain('orders');
  });

  it('keeps the names that say what an event is about', () => {
    const text = accepted(
      event('START', 1, { job: 'refresh_token', facets: parent('token=7', 'secret: rotate') }),
    ).event;
    expect(text).toContain('refresh_token');
    expect(text).toContain('token=7');
    expect(text).toContain('secret: rotate');
  });
});
