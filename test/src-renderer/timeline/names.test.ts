// The column of names: how wide it is, and what is left of a name that is longer.

import { describe, expect, it } from 'vitest';
import { cutName } from '../../../src-renderer/timeline/cut-name.ts';
import { timelineModel } from '../../../src-renderer/timeline/model.ts';
import {
  charactersIn,
  NAMES_PX_MIN,
  namesWidth,
  neededPx,
  PIPELINE_INDENT_PX,
} from '../../../src-renderer/timeline/names-width.ts';
import { cutRowLabel, neededNamesPx, rowList } from '../../../src-renderer/timeline/row-list.ts';
import { timelineOf } from './sample-timeline.ts';

describe('cutName', () => {
  it('leaves a name alone that fits', () => {
    expect(cutName('ingest.raw', 10)).toBe('ingest.raw');
  });

  it('keeps both ends, which tell machine-made names apart', () => {
    const names = ['features.user_sessions_daily_781', 'features.user_sessions_daily_782'];
    expect(names.map((name) => cutName(name, 17))).toEqual(['features…aily_781', 'features…aily_782']);
    expect(cutName('features.user_daily', 1)).toBe('…');
    expect(cutName('features.user_daily', 0)).toBe('');
  });

  it('leaves out of a task what its pipeline above it says already', () => {
    expect(cutName('recs.train_daily.load', 12, 'recs.train_daily')).toBe('….load');
    expect(cutName('recs.train_daily.load_features_of_users', 12, 'recs.train_daily')).toBe('….load…users');
    expect(cutName('load_features_of_users', 12, 'recs.train_daily')).toBe('load_f…users');
  });

  it('is never longer than its limit', () => {
    for (let limit = 1; limit < 40; limit++) {
      expect(cutName('recs.train_daily.load_features', limit, 'recs.train_daily').length).toBeLessThanOrEqual(limit);
      expect(cutName('recs.train_daily.load_features', limit).length).toBeLessThanOrEqual(limit);
    }
  });
});

describe('the width of names', () => {
  it('is what the longest needs, and then none is cut', () => {
    const model = timelineModel(timelineOf([{ pipeline: 0, start: 1 }]), { name: ['a'.repeat(31)] }, []);
    const rows = rowList(model, 'name', new Set([0]), null);
    const px = namesWidth(null, neededNamesPx(model, rows), 1_400);
    expect(px).toBe(neededPx(31, PIPELINE_INDENT_PX));
    expect(cutRowLabel(model, rows, 0, px)).toBe('a'.repeat(31));
    expect(cutRowLabel(model, rows, 0, px - 8)).toContain('…');
    expect(neededNamesPx(model, rowList(model, 'name', new Set(), new Set()))).toBe(0);
  });

  it('stays within bounds that nobody asked to pass', () => {
    expect(namesWidth(null, neededPx(400, 24), 2_000)).toBe(360);
    expect(namesWidth(null, neededPx(400, 24), 600)).toBe(216);
    expect(namesWidth(null, 40, 600)).toBe(NAMES_PX_MIN);
  });

  it('is as one wants it while the bars keep room', () => {
    expect(namesWidth(700, 100, 1_400)).toBe(700);
    expect(namesWidth(700, 100, 600)).toBe(360);
    expect(namesWidth(10, 400, 600)).toBe(NAMES_PX_MIN);
    expect(namesWidth(700, 100, 100)).toBe(NAMES_PX_MIN);
  });

  it('has room for as many characters as it is made for', () => {
    for (let characters = 1; characters < 80; characters++) {
      expect(charactersIn(neededPx(characters, 24), 24)).toBe(characters);
    }
  });
});
