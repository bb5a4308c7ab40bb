// Paints the activity of the time bar and its deadlines. Redrawn only for another log, size or theme: the cursor and
// the veil over what has not happened yet are elements that move above it.

import type { DeadlineRow } from '../../shared/analysis/attainment.ts';
import type { TimeTick } from '../widgets/time-ticks.ts';
import type { ZonedTime } from '../widgets/zoned-time.ts';
import type { Activity } from './activity.ts';

export interface TimeBarPicture {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly activity: Activity;
  readonly ticks: readonly TimeTick[];
  readonly deadlines: readonly DeadlineRow[];
  readonly fromUs: number;
  readonly toUs: number;
  readonly time: ZonedTime;
}

/** Room under the bars for the labels of the axis. */
export const AXIS_PX = 15;
/** Room that the time of a missed deadline takes. */
const LABEL_PX = 44;

export function paintTimeBar(canvas: HTMLCanvasElement, picture: TimeBarPicture): void {
  const scale = window.devicePixelRatio || 1;
  canvas.width = Math.round(picture.widthPx * scale);
  canvas.height = Math.round(picture.heightPx * scale);
  const context = canvas.getContext('2d');
  if (!context) return;
  const style = getComputedStyle(canvas);
  const colour = (name: string): string => style.getPropertyValue(name);
  context.scale(scale, scale);
  paintBars(context, picture, colour);
  paintAxis(context, picture, colour);
  paintDeadlines(context, picture, colour);
}

type Colour = (name: string) => string;

function paintBars(context: CanvasRenderingContext2D, picture: TimeBarPicture, colour: Colour): void {
  const { activity, widthPx, heightPx } = picture;
  const slices = activity.running.length;
  const baseline = heightPx - AXIS_PX;
  const room = baseline - 4;
  const step = widthPx / slices;
  for (let b = 0; b < slices; b++) {
    const run = activity.most > 0 ? (activity.running[b] / activity.most) * room : 0;
    const wait = activity.most > 0 ? (activity.waiting[b] / activity.most) * room : 0;
    context.fillStyle = colour('--run');
    context.globalAlpha = 0.75;
    context.fillRect(b * step, baseline - run, Math.max(1, step - 1), run);
    context.fillStyle = colour('--wait');
    context.globalAlpha = 0.55;
    context.fillRect(b * step, baseline - run - wait, Math.max(1, step - 1), wait);
  }
  context.globalAlpha = 1;
}

function paintAxis(context: CanvasRenderingContext2D, picture: TimeBarPicture, colour: Colour): void {
  const { ticks, heightPx, widthPx, fromUs, toUs } = picture;
  context.fillStyle = colour('--line-strong');
  context.fillRect(0, heightPx - AXIS_PX, widthPx, 1);
  context.fillStyle = colour('--dim');
  context.font = `10.5px ${colour('--sans')}`;
  context.textBaseline = 'bottom';
  for (const tick of ticks) {
    const x = ((tick.us - fromUs) / (toUs - fromUs)) * widthPx;
    const half = context.measureText(tick.label).width / 2;
    context.fillText(tick.label, Math.min(widthPx - 2 * half, Math.max(0, x - half)), heightPx);
  }
}

/** Which of the missed deadlines, at rising `xs` in px, have room for their time: up to the next one, or the edge. */
export const hasLabelRoom = (xs: readonly number[], widthPx: number): boolean[] =>
  xs.map((x, i) => x + LABEL_PX < (xs[i + 1] ?? widthPx));

/** Missed deadlines are full, tipped and have their time where there is room; the others are short hairlines. */
function paintDeadlines(context: CanvasRenderingContext2D, picture: TimeBarPicture, colour: Colour): void {
  const { deadlines, heightPx, widthPx, fromUs, toUs, time } = picture;
  const place = (dueUs: number): number => Math.round(((dueUs - fromUs) / (toUs - fromUs)) * widthPx);
  const missedUs = deadlines.filter(({ verdict }) => verdict === 'missed').map(({ dueUs }) => dueUs);
  const missed = [...new Set(missedUs)].sort((a, b) => a - b);
  const hasRoom = hasLabelRoom(missed.map(place), widthPx);
  const baseline = heightPx - AXIS_PX;
  for (const { dueUs, verdict } of deadlines) {
    const x = place(dueUs);
    const isMissed = verdict === 'missed';
    context.fillStyle = colour(isMissed ? '--late' : '--faint');
    for (let y = isMissed ? 6 : baseline - 9; y < baseline; y += 4) context.fillRect(x, y, 1, 2);
    if (!isMissed) continue;
    context.beginPath();
    context.moveTo(x - 3, 0);
    context.lineTo(x + 4, 0);
    context.lineTo(x + 0.5, 6);
    context.fill();
  }
  context.fillStyle = colour('--late-ink');
  for (const [i, dueUs] of missed.entries()) {
    if (hasRoom[i]) context.fillText(time.clock(dueUs), place(dueUs) + 6, 11);
  }
}
