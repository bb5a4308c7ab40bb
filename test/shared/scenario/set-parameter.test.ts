// One value set in a document by its path: names with dots, lists, what is not there; the document itself is left alone.

import { describe, expect, it } from 'vitest';
import { parameterValue, setParameter } from '../../../shared/scenario/set-parameter.ts';

const DOCUMENT = {
  pools: { spark: 128 },
  pipelines: { 'ingest.raw': { tasks: { load: '5m' } }, ingest: { tasks: {} } },
  faults: [{ share: '1%' }, { share: '2%' }],
};

describe('a parameter', () => {
  it('is set where its path leads, in a copy', () => {
    expect(setParameter(DOCUMENT, 'pools.spark', 96)).toEqual({
      ok: true,
      value: { ...DOCUMENT, pools: { spark: 96 } },
    });
    expect(DOCUMENT.pools.spark).toBe(128);
    expect(setParameter(DOCUMENT, 'faults.1.share', '5%')).toMatchObject({
      value: { faults: [{ share: '1%' }, { share: '5%' }] },
    });
  });

  it('takes the longest name that is there', () => {
    expect(setParameter(DOCUMENT, 'pipelines.ingest.raw.tasks.load', '6m')).toMatchObject({
      value: { pipelines: { 'ingest.raw': { tasks: { load: '6m' } }, ingest: { tasks: {} } } },
    });
  });

  it('makes what is not there', () => {
    expect(setParameter(DOCUMENT, 'orchestrator.loop.batch', 8)).toMatchObject({
      value: { orchestrator: { loop: { batch: 8 } } },
    });
  });

  it('says where a path leads nowhere', () => {
    expect(setParameter(DOCUMENT, 'pools.spark.slots', 1)).toEqual({
      ok: false,
      error: 'pools.spark.slots: nothing can be set at slots',
    });
    expect(setParameter(DOCUMENT, 'faults.2.share', 1)).toMatchObject({ ok: false });
    expect(setParameter(DOCUMENT, '__proto__.x', 1)).toMatchObject({ ok: false });
    expect(setParameter(DOCUMENT, 'pools..x', 1)).toMatchObject({ ok: false });
  });

  it('is written as YAML has values', () => {
    expect(['12', '-0.5', 'true', '5m', '1e5'].map(parameterValue)).toEqual([12, -0.5, true, '5m', '1e5']);
  });
});
