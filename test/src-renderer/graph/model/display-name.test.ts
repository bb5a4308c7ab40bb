import { expect, test } from 'vitest';
import { cutMiddle, displayName } from '../../../../src-renderer/graph/model/display-name.ts';

test.each([
  ['ingest.events_raw', 'ingest', 'events_raw'],
  ['ingest/events', 'ingest', 'events'],
  ['ingestion_job', 'ingest', 'ingestion_job'],
  ['ingest', 'ingest', 'ingest'],
  ['ingest.', 'ingest', 'ingest.'],
  ['other.events', 'ingest', 'other.events'],
])('%s in %s is shown as %s', (name, group, shown) => {
  expect(displayName(name, group)).toBe(shown);
});

test('a long name keeps both ends', () => {
  expect(cutMiddle('attribution_backfill_daily', 16)).toBe('attributi…_daily');
  expect(cutMiddle('attribution_backfill_daily', 16)).toHaveLength(16);
});

test.each([0, 1, 2, 3, 5, 11, 12, 13, 40])('no more than %i characters are left', (limit) => {
  expect(cutMiddle('a_rather_long_pipeline_name', limit).length).toBeLessThanOrEqual(limit);
});
