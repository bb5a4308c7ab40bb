// Packs the components of each group into its box and places the boxes in columns of about equal height.

import { type Csr, csrBy } from '../../../shared/model/catalog.ts';
import type { Blocks } from './block-graph.ts';
import { flowOrder } from './flow-order.ts';
import { type ColumnPlan, columnsOfGroups, type GroupNeeds } from './group-columns.ts';
import { type Packed, packBoxes } from './pack.ts';
import { COMPONENT_GAP, GROUP_GAP, GROUP_HEADER, GROUP_PADDING } from './sizes.ts';
import type { Layout, LayoutInput, Size } from './types.ts';

export interface PlacedGroups {
  /** Top left corner by component. */
  readonly componentX: Float64Array;
  readonly componentY: Float64Array;
  readonly groups: Pick<Layout, 'groupX' | 'groupY' | 'groupWidth' | 'groupHeight' | 'width' | 'height'>;
}

export function placeGroups(input: LayoutInput, blocks: Blocks, components: Csr, sizes: readonly Size[]): PlacedGroups {
  const members = membersOfGroups(input, blocks, components, sizes);
  const boxes = members.map((group) => group.map((component) => sizes[component]));
  const order = flowOrder(
    input.groupCount,
    input.from.map((node) => input.group[node]),
    input.to.map((node) => input.group[node]),
    input.groupRank,
  );
  const placement = new Placement(sizes.length, members);
  let left = 0;
  for (const { groups, packed } of packPlan(columnsOfGroups(order, needsOf(boxes)), boxes)) {
    const width = packed.reduce((most, box) => Math.max(most, box.width), 0) + 2 * GROUP_PADDING;
    placement.put(groups, packed, left, width);
    left += width + GROUP_GAP;
  }
  return placement;
}

/** Areas as packing will need them: pieces with their gaps, and a tenth for what packing wastes. */
function needsOf(boxes: readonly (readonly Size[])[]): GroupNeeds {
  const area = new Float64Array(boxes.length);
  const widthMin = new Float64Array(boxes.length);
  const heightMin = new Float64Array(boxes.length);
  boxes.forEach((pieces, group) => {
    let sum = 0;
    let widest = 0;
    let highest = 0;
    for (const { width, height } of pieces) {
      sum += (width + COMPONENT_GAP) * (height + COMPONENT_GAP);
      widest = Math.max(widest, width);
      highest = Math.max(highest, height);
    }
    const side = Math.sqrt(sum * 1.1);
    area[group] = (side + 2 * GROUP_PADDING + GROUP_GAP) * (side + GROUP_HEADER + GROUP_PADDING + GROUP_GAP);
    widthMin[group] = widest + 2 * GROUP_PADDING + GROUP_GAP;
    heightMin[group] = highest + GROUP_HEADER + GROUP_PADDING + GROUP_GAP;
  });
  return { area, widthMin, heightMin };
}

interface PackedColumn {
  readonly groups: readonly number[];
  readonly packed: readonly Packed[];
}

/** A column that comes out too high or too low is packed once more at another width. */
function packPlan(plan: ColumnPlan, boxes: readonly (readonly Size[])[]): PackedColumn[] {
  return plan.columns.map(({ groups, width, widthMin }) => {
    const pack = (outer: number): Packed[] =>
      groups.map((group) => packBoxes(boxes[group], outer - 2 * GROUP_PADDING - GROUP_GAP, COMPONENT_GAP));
    const packed = pack(width);
    const height = packed.reduce((sum, box) => sum + boxHeight(box) + GROUP_GAP, 0);
    const wanted = Math.max(widthMin, Math.ceil((width * height) / plan.height));
    return { groups, packed: Math.abs(wanted / width - 1) < 0.03 ? packed : pack(wanted) };
  });
}

const boxHeight = (content: Size): number => content.height + GROUP_HEADER + GROUP_PADDING;

class Placement implements PlacedGroups {
  readonly componentX: Float64Array;
  readonly componentY: Float64Array;
  readonly groups;
  readonly #members: readonly (readonly number[])[];

  constructor(components: number, members: readonly (readonly number[])[]) {
    this.#members = members;
    this.componentX = new Float64Array(components);
    this.componentY = new Float64Array(components);
    this.groups = {
      groupX: new Float64Array(members.length),
      groupY: new Float64Array(members.length),
      groupWidth: new Float64Array(members.length),
      groupHeight: new Float64Array(members.length),
      width: 0,
      height: 0,
    };
  }

  /** One column, from the top. */
  put(groups: readonly number[], packed: readonly Packed[], left: number, width: number): void {
    let top = 0;
    groups.forEach((group, i) => {
      this.#putGroup(group, packed[i], left, top, width);
      top += boxHeight(packed[i]) + GROUP_GAP;
    });
    this.groups.width = Math.max(this.groups.width, left + width);
    this.groups.height = Math.max(this.groups.height, top - GROUP_GAP);
  }

  #putGroup(group: number, packed: Packed, left: number, top: number, width: number): void {
    this.groups.groupX[group] = left;
    this.groups.groupY[group] = top;
    this.groups.groupWidth[group] = width;
    this.groups.groupHeight[group] = boxHeight(packed);
    this.#members[group].forEach((component, i) => {
      this.componentX[component] = left + GROUP_PADDING + packed.x[i];
      this.componentY[component] = top + GROUP_HEADER + packed.y[i];
    });
  }
}

/** Components by group, highest first, then widest, then by name. */
function membersOfGroups(input: LayoutInput, blocks: Blocks, components: Csr, sizes: readonly Size[]): number[][] {
  const firstName = sizes.map((_, c) => {
    let first = Number.POSITIVE_INFINITY;
    for (let i = components.offsets[c]; i < components.offsets[c + 1]; i++) {
      first = Math.min(first, blocks.rank[components.values[i]]);
    }
    return first;
  });
  const order = sizes
    .map((_, c) => c)
    .sort(
      (a, b) => sizes[b].height - sizes[a].height || sizes[b].width - sizes[a].width || firstName[a] - firstName[b],
    );
  const groupOf = order.map((c) => blocks.group[components.values[components.offsets[c]]]);
  const { offsets, values } = csrBy(groupOf, order, input.groupCount);
  return Array.from({ length: input.groupCount }, (_, group) =>
    Array.from(values.subarray(offsets[group], offsets[group + 1])),
  );
}
