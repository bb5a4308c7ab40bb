// A link written and read again is the same view, whatever the names; and no text makes reading fail.

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { formatLink, type LinkedView, parseLink } from '../../../src-renderer/state/deep-link.ts';
import { SCREENS } from '../../../src-renderer/state/screens.ts';

const name = fc.option(fc.string({ minLength: 1, unit: 'binary' }));
const screen = fc.constantFrom(...SCREENS);
const all = fc.record({
  screen,
  log: name,
  pipeline: name,
  subject: name,
  query: name,
  // Times that RFC 3339 writes with four digits of year.
  atUs: fc.option(fc.integer({ min: 0, max: 4_000_000_000_000_000 })),
});
/** A query is in the link of its own screen alone. */
const view: fc.Arbitrary<LinkedView> = all.map((v) => (v.screen === 'sql' ? v : { ...v, query: null }));

it('comes back as it was', () => {
  fc.assert(
    fc.property(view, (v) => {
      expect(parseLink(formatLink(v))).toEqual(v);
    }),
  );
});

it('reads any text as some view', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(SCREENS).toContain(parseLink(`#${text}`).screen);
    }),
  );
});

it('writes what a person can read', () => {
  const link: LinkedView = {
    screen: 'graph',
    log: 'observed',
    pipeline: 'features.user_daily',
    subject: 'features.user_daily@date=2025-12-24',
    query: null,
    atUs: 1766623320000000,
  };
  const written = formatLink(link);
  expect(written).toBe(
    '#/graph?log=observed&pipeline=features.user_daily&of=features.user_daily%40date%3D2025-12-24&at=2025-12-25T00:42:00Z',
  );
  expect(parseLink(written)).toEqual(link);
  expect(parseLink('')).toEqual({ screen: 'home', log: null, pipeline: null, subject: null, query: null, atUs: null });
});

it('leaves a query out that is longer than a link should be', () => {
  const link: LinkedView = { ...parseLink('#/sql'), query: `SELECT ${'1, '.repeat(2_000)}` };
  expect(parseLink(formatLink(link)).query).toBeNull();
});
