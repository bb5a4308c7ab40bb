// The painted colours are the page's own: read from the tokens as they hold at an element.

import { MEANING_TONES } from '../../widgets/meaning.ts';
import { STATE_MEANINGS } from '../model/pipeline-state.ts';
import type { Palette, Theme } from './pen.ts';

export function readPalette(element: Element, theme: Theme): Palette {
  const style = getComputedStyle(element);
  const token = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  return {
    theme,
    panel: token('panel'),
    line: token('line'),
    lineStrong: token('line-strong'),
    ink: token('ink'),
    dim: token('dim'),
    faint: token('faint'),
    accent: token('accent'),
    early: token('early'),
    states: STATE_MEANINGS.map((meaning) => token(MEANING_TONES[meaning])),
    mono: token('mono'),
    sans: token('sans'),
  };
}
