// Cuts the groups, in flow order, into columns. Every column shall be as high as the whole, so a column's width follows
// from what its groups need, and no corner of the screen stays empty. Works on estimates: packing comes after.

import { ASPECT } from './sizes.ts';

export interface GroupColumn {
  /** Top to bottom. */
  readonly groups: readonly number[];
  readonly width: number;
  /** The least width that any of its groups can have. */
  readonly widthMin: number;
}

/** By group, margins included: the area of its box, and the least width and height that any box of it has. */
export interface GroupNeeds {
  readonly area: Float64Array;
  readonly widthMin: Float64Array;
  readonly heightMin: Float64Array;
}

export interface ColumnPlan {
  readonly columns: readonly GroupColumn[];
  /** What every column's height should come to. */
  readonly height: number;
}

/** At most this many numbers of columns are compared. */
const PLANS_TRIED = 16;
const HALVINGS = 18;

/** Columns left to right. */
export function columnsOfGroups(order: Int32Array, needs: GroupNeeds): ColumnPlan {
  let best: ColumnPlan = { columns: [], height: 0 };
  let bestCost = Number.POSITIVE_INFINITY;
  const most = Math.min(order.length, Math.ceil(2 * Math.sqrt(order.length)) + 1);
  const step = Math.max(1, Math.floor(most / PLANS_TRIED));
  for (let count = 1; count <= most; count += step) {
    const plan = equalHeights(cut(order, needs, count), needs);
    const cost = planCost(plan, needs);
    if (cost >= bestCost) continue;
    best = plan;
    bestCost = cost;
  }
  return best;
}

export function estimatedHeight(groups: readonly number[], width: number, needs: GroupNeeds): number {
  let height = 0;
  for (const group of groups) height += Math.max(needs.area[group] / width, needs.heightMin[group]);
  return height;
}

/** The least width at which a column is no higher than `height`, or the width beyond which more is no help. */
function widthFor(groups: readonly number[], height: number, needs: GroupNeeds): number {
  let low = 0;
  let high = 0;
  for (const group of groups) {
    low = Math.max(low, needs.widthMin[group]);
    high = Math.max(high, needs.area[group] / needs.heightMin[group]);
  }
  if (high <= low || estimatedHeight(groups, low, needs) <= height) return Math.ceil(low);
  for (let step = 0; step < HALVINGS; step++) {
    const middle = (low + high) / 2;
    if (estimatedHeight(groups, middle, needs) > height) low = middle;
    else high = middle;
  }
  return Math.ceil(high);
}

/** Widths with which the columns come to one height and the whole to the shape ASPECT, by halving. */
function equalHeights(cuts: readonly number[][], needs: GroupNeeds): ColumnPlan {
  const at = (height: number): ColumnPlan => ({
    columns: cuts.map((groups) => ({
      groups,
      width: widthFor(groups, height, needs),
      widthMin: groups.reduce((width, group) => Math.max(width, needs.widthMin[group]), 0),
    })),
    height,
  });
  let low = 1;
  let high = 1;
  for (const groups of cuts) high += estimatedHeight(groups, 1, needs);
  for (let step = 0; step < HALVINGS; step++) {
    const middle = Math.sqrt(low * high);
    if (wholeWidth(at(middle)) > middle * ASPECT) low = middle;
    else high = middle;
  }
  return at(high);
}

const wholeWidth = (plan: ColumnPlan): number => plan.columns.reduce((sum, column) => sum + column.width, 0);

/** How small the picture gets on a screen of shape ASPECT, and how far its boxes are from that shape, as logarithms. */
function planCost(plan: ColumnPlan, needs: GroupNeeds): number {
  let height = 0;
  let shape = 0;
  let total = 0;
  for (const { groups, width } of plan.columns) {
    height = Math.max(height, estimatedHeight(groups, width, needs));
    for (const group of groups) {
      shape += needs.area[group] * Math.abs(Math.log(width / estimatedHeight([group], width, needs) / ASPECT));
      total += needs.area[group];
    }
  }
  const screen = Math.max(wholeWidth(plan) / ASPECT, height);
  return Math.log((screen * screen * ASPECT) / total) + (0.2 * shape) / total;
}

/** Consecutive groups in at most `count` columns of about the same height, by halving. */
function cut(order: Int32Array, needs: GroupNeeds, count: number): number[][] {
  let total = 0;
  for (const group of order) total += needs.area[group];
  const width = Math.sqrt(total * ASPECT) / count;
  let low = 0;
  let high = estimatedHeight(Array.from(order), width, needs);
  for (let step = 0; step < HALVINGS; step++) {
    const middle = (low + high) / 2;
    if (fill(order, needs, width, middle).length <= count) high = middle;
    else low = middle;
  }
  return fill(order, needs, width, high);
}

function fill(order: Int32Array, needs: GroupNeeds, width: number, limit: number): number[][] {
  const columns: number[][] = [];
  let height = Number.POSITIVE_INFINITY;
  for (const group of order) {
    const own = Math.max(needs.area[group] / Math.max(width, needs.widthMin[group]), needs.heightMin[group]);
    if (height + own > limit) {
      columns.push([]);
      height = 0;
    }
    height += own;
    columns.at(-1)?.push(group);
  }
  return columns;
}
