// How wide the column of names is: by default what the longest of the rows needs, within bounds; else as one pulled it.
// Names are in the mono face that the app ships, so that a width is a count of characters and nothing is measured.

/** Advance of a character: six tenths of the font's size. */
export const NAME_FONT_PX = 11.5;
export const NAME_CHAR_PX = 0.6 * NAME_FONT_PX;
/** Left of a name: the sign that opens a pipeline; a task stands further in. */
export const PIPELINE_INDENT_PX = 24;
export const TASK_INDENT_PX = 30;
/** Right of it. */
export const NAME_GAP_PX = 8;

export const NAMES_PX_MIN = 96;
/** The bars keep at least this much. */
const BARS_PX_MIN = 240;
/** Nobody asked for more than this, in px and as a share of the room. */
const UNASKED_PX_MAX = 360;
const UNASKED_SHARE_MAX = 0.36;
/** Of an arrow key on the divider. */
export const NAMES_STEP_PX = 24;

/** What a name of so many characters takes. */
export const neededPx = (characters: number, indentPx: number): number =>
  Math.ceil(indentPx + characters * NAME_CHAR_PX + NAME_GAP_PX);

/** Characters that a column has room for behind an indent. */
export const charactersIn = (namesPx: number, indentPx: number): number =>
  Math.floor((namesPx - indentPx - NAME_GAP_PX + 0.01) / NAME_CHAR_PX);

/** The widest that somebody may make it. */
export const namesPxMax = (roomPx: number): number => Math.max(NAMES_PX_MIN, Math.floor(roomPx - BARS_PX_MIN));

/** `wantedPx`: as somebody pulled it; null for nobody. `neededPx`: of the longest name. */
export function namesWidth(wantedPx: number | null, neededPx: number, roomPx: number): number {
  const unasked = Math.min(neededPx, UNASKED_PX_MAX, roomPx * UNASKED_SHARE_MAX);
  return Math.round(Math.max(NAMES_PX_MIN, Math.min(wantedPx ?? unasked, namesPxMax(roomPx))));
}
