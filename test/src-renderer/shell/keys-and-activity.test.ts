// Which command a key runs, how keys are printed, and what the time bar counts.

import { describe, expect, it } from 'vitest';
import { activityOf } from '../../../src-renderer/shell/activity.ts';
import type { Command } from '../../../src-renderer/shell/commands.ts';
import { keyText } from '../../../src-renderer/shell/key-text.ts';
import { commandOfKey } from '../../../src-renderer/shell/keymap.ts';
import { hasLabelRoom } from '../../../src-renderer/shell/time-bar-paint.ts';
import { timelineOf } from '../timeline/sample-timeline.ts';

const command = (id: string, keys?: string): Command => ({
  id,
  group: 'View',
  title: id,
  ...(keys ? { keys } : {}),
  run: () => {},
});
const COMMANDS = [command('none'), command('palette', 'Mod+k'), command('k', 'k'), command('play', ' ')];
const press = (key: string, more: Partial<KeyboardEvent> = {}) =>
  commandOfKey(COMMANDS, { key, ctrlKey: false, metaKey: false, altKey: false, ...more })?.id ?? null;

describe('commandOfKey', () => {
  it('tells a letter from the same one with Ctrl or Cmd', () => {
    expect([press('k'), press('k', { ctrlKey: true }), press('K', { metaKey: true })]).toEqual([
      'k',
      'palette',
      'palette',
    ]);
  });
  it('leaves Alt to the browser and unknown keys alone', () => {
    expect([press('k', { altKey: true }), press('x'), press('x', { ctrlKey: true })]).toEqual([null, null, null]);
  });
  it('prints keys as they are on a keyboard', () => {
    expect([' ', 'Escape', 'Mod+k', '['].map(keyText)).toEqual(['Space', 'Esc', 'Ctrl K', '[']);
  });
});

describe('activityOf', () => {
  it('counts who runs and who waits in each slice', () => {
    const { running, waiting, most } = activityOf(
      timelineOf(
        [
          { pipeline: 0, ready: 0, start: 40, end: 100 },
          { pipeline: 0, ready: 20, start: 20, end: 60 },
          { pipeline: 0, ready: 60, start: 70 },
        ],
        100,
      ),
      5,
    );
    expect([...running]).toEqual([0, 1, 2, 2, 2]);
    expect([...waiting]).toEqual([1, 1, 0, 1, 0]);
    expect(most).toBe(3);
  });
});

describe('hasLabelRoom', () => {
  it('labels a missed deadline only where the next one and the edge leave room', () => {
    expect(hasLabelRoom([10, 20, 100, 380], 400)).toEqual([false, true, true, false]);
  });
});
