// How wide the side panel may be, by the room there is.

/** At first: a quarter of the window, within reason. */
export const firstWidth = (window: number): number => Math.round(Math.max(240, Math.min(360, window / 4)));

const WIDTH_MIN = 220;
/** The drawing keeps at least this much. */
const DRAWING_MIN = 320;
/** Of an arrow key on the divider. */
export const PANEL_STEP = 24;

export function panelWidth(wanted: number, room: number): number {
  return Math.round(Math.max(WIDTH_MIN, Math.min(wanted, room - DRAWING_MIN)));
}
