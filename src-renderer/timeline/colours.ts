// The colours of the canvas, read from the theme's tokens where the canvas stands: canvases know no custom properties.

import { CELL_KINDS } from './overview.ts';
import type { Style } from './rects.ts';

export interface Colours {
  readonly style: Readonly<Record<Style, string>>;
  readonly text: string;
  readonly dim: string;
  readonly line: string;
  readonly panel: string;
  readonly hover: string;
  readonly wash: string;
  readonly accent: string;
  readonly late: string;
  readonly mono: string;
  readonly sans: string;
  /** By cell kind of the overview: 0xAABBGGRR. */
  readonly cells: Uint32Array;
}

export function readColours(element: Element): Colours {
  const style = getComputedStyle(element);
  const token = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  const styles: Readonly<Record<Style, string>> = {
    wait: token('wait'),
    run: token('run'),
    landing: token('whole'),
    publish: token('whole'),
    unfinished: token('faint'),
    late: token('late'),
    early: token('early'),
  };
  return {
    style: styles,
    text: token('ink'),
    dim: token('dim'),
    line: token('line'),
    panel: token('panel'),
    hover: token('hover'),
    wash: token('accent-wash'),
    accent: token('accent'),
    late: token('late'),
    mono: token('mono'),
    sans: token('sans'),
    cells: Uint32Array.from(CELL_KINDS, (kind) => (kind === 'nothing' ? 0 : pixelOf(styles[kind]))),
  };
}

/** `#rrggbb` as the word that an image of a little-endian machine holds (every machine that runs a browser). */
export function pixelOf(hex: string): number {
  const value = Number.parseInt(hex.slice(1), 16);
  const [r, g, b] = [(value >> 16) & 255, (value >> 8) & 255, value & 255];
  return ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0;
}
