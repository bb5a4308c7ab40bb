// What the page and the painting worker say to each other.

import type { Painted } from './paint-core.ts';
import type { NodeStates, PaintRequest, Picture } from './picture.ts';

export type ToPainter =
  | { readonly kind: 'picture'; readonly picture: Picture }
  | { readonly kind: 'states'; readonly states: NodeStates }
  | { readonly kind: 'paint'; readonly id: number; readonly request: PaintRequest };

export type FromPainter =
  | { readonly kind: 'painted'; readonly id: number; readonly painted: Painted | null }
  /** The shipped faces have arrived: what was painted before used the system's. */
  | { readonly kind: 'faces' };
