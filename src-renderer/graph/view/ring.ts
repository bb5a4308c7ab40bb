// A ring around a node that must be seen at any zoom: never smaller than can be noticed. Also what places the hover
// card under its node.

import { type Extent, type Rect, screenRect, type View } from './view.ts';

const SMALLEST_PX = 14;
const AROUND_PX = 3;
const CARD_GAP_PX = 8;

/** Places a ring; hides it when there is no node, or none in view. */
export function placeRing(ring: HTMLElement, rect: Rect | null, view: View, screen: Extent): void {
  const box = rect && screenRect(view, rect);
  ring.hidden = box === null || !isSeen(box, screen);
  if (ring.hidden || box === null) return;
  const width = Math.max(SMALLEST_PX, box.width + 2 * AROUND_PX);
  const height = Math.max(SMALLEST_PX, box.height + 2 * AROUND_PX);
  ring.style.transform = `translate(${box.x + (box.width - width) / 2}px,${box.y + (box.height - height) / 2}px)`;
  ring.style.width = `${width}px`;
  ring.style.height = `${height}px`;
  ring.style.borderRadius = `${Math.min(height / 2, Math.max(4, 10 * view.scale))}px`;
}

/** Places a card under a node, above it where there is no room below. */
export function placeCard(card: HTMLElement, rect: Rect | null, view: View, screen: Extent): void {
  const box = rect && screenRect(view, rect);
  card.hidden = box === null || !isSeen(box, screen);
  if (card.hidden || box === null) return;
  const { offsetWidth: width, offsetHeight: height } = card;
  const below = box.y + box.height + CARD_GAP_PX;
  const x = Math.max(8, Math.min(box.x, screen.width - width - 8));
  const y = below + height > screen.height ? box.y - height - CARD_GAP_PX : below;
  card.style.transform = `translate(${Math.round(x)}px,${Math.round(y)}px)`;
}

const isSeen = (box: Rect, screen: Extent): boolean =>
  box.x < screen.width && box.y < screen.height && box.x + box.width > 0 && box.y + box.height > 0;
