import { describe, expect, test } from 'vitest';
import { State } from '../../../../shared/analysis/state-at.ts';
import { PIPELINE_HEIGHT } from '../../../../src-renderer/graph/layout/sizes.ts';
import { paintPicture } from '../../../../src-renderer/graph/paint/paint.ts';
import type { Palette } from '../../../../src-renderer/graph/paint/pen.ts';
import type { PaintRequest } from '../../../../src-renderer/graph/paint/picture.ts';
import { nodeStates, noteOf, pictureOf } from '../../../../src-renderer/graph/paint/picture-of.ts';
import { sceneForView } from '../scene-of.ts';
import { NODE, SMALL } from '../small-graph.ts';
import { Recorder } from './recorder.ts';

const PALETTE: Palette = {
  theme: 'light',
  panel: 'panel',
  line: 'line',
  lineStrong: 'line-strong',
  ink: 'ink',
  dim: 'dim',
  faint: 'faint',
  accent: 'accent',
  early: 'early',
  states: ['s0', 's1', 's2', 's3', 's4', 's5'],
  mono: 'mono',
  sans: 'sans',
};
const scene = sceneForView(SMALL);
const picture = pictureOf(scene, SMALL);
const STATES = Uint8Array.of(State.whole, State.running, State.waiting, State.early);

function paint(nodePx: number, change: Partial<PaintRequest> = {}, states: Uint8Array | null = STATES): Recorder {
  const pen = new Recorder();
  const scale = nodePx / PIPELINE_HEIGHT;
  const size = { width: Math.ceil(scene.layout.width * scale), height: Math.ceil(scene.layout.height * scale) };
  const request = {
    view: { x: 0, y: 0, scale },
    size,
    pixelRatio: 1,
    palette: PALETTE,
    isMinimap: false,
    lit: null,
    ...change,
  };
  paintPicture(pen, picture, nodeStates(scene, states), request);
  return pen;
}

describe('detail', () => {
  test('far: no text, states by colour and by form', () => {
    const pen = paint(4);
    expect(pen.texts()).toEqual([]);
    const forms = ['s1', 's2', 's3', 's5'].map((color) => {
      const mark = pen.marks.find((m) => m.color === color);
      return `${mark?.act} ${mark?.path.join(' ')}`;
    });
    expect(new Set(forms).size).toBe(4);
  });

  test('nearer: names, cut to the room there is', () => {
    expect(paint(15).texts()).toContain('events_raw');
    expect(
      paint(15)
        .texts()
        .some((text) => text.includes('tasks')),
    ).toBe(false);
  });

  test('near: the second line too', () => {
    expect(paint(44).texts()).toContain('12 tasks · deadline');
  });

  test('the minimap has boxes and nodes, no edges', () => {
    const curves = paint(44, { isMinimap: true }).marks.flatMap((mark) => mark.path.filter((call) => call === 'curve'));
    expect(curves).toEqual([]);
  });
});

describe('edges', () => {
  test('an undeclared read is dashed, in its own colour', () => {
    const [dashed] = paint(44).marks.filter(
      (mark) => mark.act === 'stroke' && mark.color === 'early' && mark.path[1] === 'curve',
    );
    expect(dashed.dash).toEqual([4, 4]);
    expect(dashed.path.filter((call) => call === 'curve')).toHaveLength(1);
  });

  test('near, an edge to another group is a stub at each end; far, a faint line', () => {
    const across = (pen: Recorder) => pen.marks.filter((m) => m.color === 'faint' && m.path.includes('lineTo'));
    expect(across(paint(44))[0].path).toEqual(['moveTo', 'lineTo', 'moveTo', 'lineTo']);
    const [far] = across(paint(4));
    expect(far.path).toEqual(['moveTo', 'lineTo']);
    expect(far.alpha).toBeLessThan(0.15);
  });

  test('farthest, groups are joined by one curve', () => {
    const curves = paint(2).marks.filter((mark) => mark.path.includes('curve'));
    expect(curves).toHaveLength(1);
  });
});

describe('what is not in view', () => {
  test('is not drawn', () => {
    const pen = paint(44, { view: { x: -1e6, y: 0, scale: 1 } });
    expect(pen.marks).toEqual([]);
  });
});

describe('a search', () => {
  test('steps back everything it did not find', () => {
    const lit = new Uint8Array(picture.nodeCount);
    lit[NODE.train] = 1;
    const inked = paint(44, { lit }).marks.filter((mark) => mark.act === 'text' && mark.alpha === 1);
    expect(inked.map((mark) => mark.path[0])).toEqual(['train', '2 tasks · 45 0 * * *']);
  });
});

describe('without states', () => {
  test('nothing takes a state’s colour', () => {
    const colors = new Set([...paint(4, {}, null).marks, ...paint(44, {}, null).marks].map((mark) => mark.color));
    expect(PALETTE.states.filter((color) => colors.has(color))).toEqual([]);
  });
});

test('the second line names tasks, and the deadline before the schedule', () => {
  expect([0, 1, 2].map((pipeline) => noteOf(SMALL, pipeline))).toEqual([
    '3 tasks · @daily',
    '1 task',
    '12 tasks · deadline',
  ]);
});
