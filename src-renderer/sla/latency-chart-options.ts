// How uPlot draws the two charts: axes, colours, target lines. No data here.

import uPlot from 'uplot';
import type { LatencyTarget } from '../../shared/analysis/start-latency.ts';
import { formatCount } from '../widgets/format.ts';
import { type DurationScale, tickText } from './duration-scale.ts';
import { countAt } from './latency-chart-data.ts';

export interface Canvas {
  readonly width: number;
  readonly height: number;
  /** The value of a custom property where the chart stands. */
  readonly colour: (name: string) => string;
}

/** Told the place under the pointer in axis units, or null. */
export type Tell = (at: number | null) => void;

const FONT_PX = 11;
const Y_AXIS_PX = 58;

export const histogramOptions =
  (scale: DurationScale, targets: readonly LatencyTarget[], tell: Tell) =>
  (canvas: Canvas): uPlot.Options => ({
    ...base(canvas, scale, targets, tell, {
      splits: (_plot, _axis, _min, max) => Array.from({ length: Math.floor(max) + 1 }, (_, i) => i),
      values: (_plot, at) => at.map((position) => formatCount(countAt(position))),
    }),
    scales: { x: xScale(scale), y: { range: (_plot, _min, max) => [0, Math.max(2, max + 0.3)] } },
    series: [
      {},
      { stroke: canvas.colour('--run'), width: 1, fill: wash(canvas.colour('--run')), points: { show: false } },
    ],
  });

export const cdfOptions =
  (scale: DurationScale, targets: readonly LatencyTarget[], tell: Tell) =>
  (canvas: Canvas): uPlot.Options => ({
    ...base(canvas, scale, targets, tell, {
      splits: [0, 25, 50, 75, 100],
      values: (_plot, at) => at.map((share) => `${share} %`),
    }),
    scales: { x: xScale(scale), y: { range: [0, 104] } },
    series: [{}, { stroke: canvas.colour('--run'), width: 2, points: { show: false }, ...stepped() }],
  });

/** The share holds until the next measured duration. */
function stepped(): Pick<uPlot.Series, 'paths'> {
  const paths = uPlot.paths.stepped?.({ align: 1 });
  return paths ? { paths } : {};
}

const xScale = (scale: DurationScale): uPlot.Scale => ({ time: false, range: [0, scale.max] });

const wash = (colour: string): string => `color-mix(in srgb, ${colour} 32%, transparent)`;

function base(
  canvas: Canvas,
  scale: DurationScale,
  targets: readonly LatencyTarget[],
  tell: Tell,
  yAxis: uPlot.Axis,
): uPlot.Options {
  const { width, height, colour } = canvas;
  const axis: uPlot.Axis = {
    font: `${FONT_PX}px ${colour('--sans')}`,
    stroke: colour('--dim'),
    grid: { stroke: colour('--line'), width: 1 },
    ticks: { show: false },
  };
  return {
    width,
    height,
    legend: { show: false },
    padding: [14, 28, 0, 0],
    cursor: { y: false, points: { show: false }, drag: { setScale: false, x: false, y: false } },
    axes: [
      {
        ...axis,
        size: 26,
        splits: () => [...scale.ticks],
        values: (_plot, at) => at.map((position) => tickText(scale.duration(position))),
      },
      { ...axis, size: Y_AXIS_PX, ...yAxis },
    ],
    series: [],
    hooks: {
      draw: [(plot) => drawTargets(plot, canvas, scale, targets)],
      setCursor: [(plot) => tell(pointerPlace(plot))],
    },
  };
}

function pointerPlace(plot: uPlot): number | null {
  const { left } = plot.cursor;
  return left === undefined || left < 0 ? null : plot.posToVal(left, 'x');
}

/** A dashed line at each target with its name; vermilion where it was not held. */
function drawTargets(plot: uPlot, canvas: Canvas, scale: DurationScale, targets: readonly LatencyTarget[]): void {
  const { ctx, bbox } = plot;
  const ratio = devicePixelRatio || 1;
  ctx.save();
  ctx.font = `${FONT_PX * ratio}px ${canvas.colour('--sans')}`;
  ctx.textBaseline = 'bottom';
  ctx.lineWidth = ratio;
  ctx.setLineDash([3 * ratio, 3 * ratio]);
  for (const [i, { name, limitMs, verdict }] of targets.entries()) {
    const x = Math.round(plot.valToPos(scale.position(limitMs), 'x', true));
    ctx.strokeStyle = canvas.colour(verdict === 'fail' ? '--late' : '--ink');
    ctx.fillStyle = canvas.colour(verdict === 'fail' ? '--late-ink' : '--dim');
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
    const text = `${name.replace('start latency ', '')} ≤ ${tickText(limitMs)}`;
    // The names stand apart, however near their lines are, and inside the picture.
    const isLeft = i === 0 || x + ctx.measureText(text).width > plot.width * ratio;
    ctx.textAlign = isLeft ? 'right' : 'left';
    ctx.fillText(text, x + (isLeft ? 2 : -2) * ratio, bbox.top - ratio);
  }
  ctx.restore();
}
