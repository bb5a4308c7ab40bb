// The order of nodes inside their layers: barycenter sweeps (Sugiyama, Tagawa and Toda, 1981) with dummies where an
// edge passes through a layer. Positions are shares of a layer's length, so layers of different length compare.

import { type Csr, csrBy } from '../../../shared/model/catalog.ts';
import { sortBy, sortByOwnKeys, upTo } from './sorting.ts';

const SWEEPS = 6;
/** Longer edges get no dummies: their pull says little and their dummies would outnumber the nodes. */
const SPAN_MAX = 12;

/** Nodes of each layer, top to bottom. Every edge runs to a larger layer. `layer` counts from 0 without holes. */
export function orderLayers(layer: Int32Array, from: Int32Array, to: Int32Array, rank: Int32Array): Int32Array[] {
  const nodes = layer.length;
  const web = withDummies(layer, from, to);
  const items = layersOfItems(web.layer);
  const place = new Float64Array(web.layer.length);
  const tie = new Int32Array(web.layer.length);
  tie.set(rank);
  for (let i = nodes; i < tie.length; i++) tie[i] = rank[web.edgeSource[i - nodes]];
  const ids = upTo(tie.length);
  for (const layerIds of items) spread(sortBy(layerIds, tie, ids), place);
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    for (let k = 1; k < items.length; k++) settle(items[k], web.before, place);
    for (let k = items.length - 2; k >= 0; k--) settle(items[k], web.after, place);
  }
  for (let k = 1; k < items.length; k++) settle(items[k], web.before, place);
  return items.map((ids) => ids.filter((item) => item < nodes));
}

interface Web {
  /** Of nodes, then of dummies. */
  readonly layer: Int32Array;
  readonly before: Csr;
  readonly after: Csr;
  /** By dummy: the node that its edge leaves. */
  readonly edgeSource: readonly number[];
}

/** Edges as chains of steps, each to the next layer. */
function withDummies(layer: Int32Array, from: Int32Array, to: Int32Array): Web {
  const layers = Array.from(layer);
  const stepFrom: number[] = [];
  const stepTo: number[] = [];
  const edgeSource: number[] = [];
  for (let edge = 0; edge < from.length; edge++) {
    const last = layer[to[edge]];
    if (last - layer[from[edge]] > SPAN_MAX) continue;
    let item = from[edge];
    for (let at = layer[item] + 1; at < last; at++) {
      stepFrom.push(item);
      item = layers.push(at) - 1;
      stepTo.push(item);
      edgeSource.push(from[edge]);
    }
    stepFrom.push(item);
    stepTo.push(to[edge]);
  }
  return {
    layer: Int32Array.from(layers),
    before: csrBy(stepTo, stepFrom, layers.length),
    after: csrBy(stepFrom, stepTo, layers.length),
    edgeSource,
  };
}

function layersOfItems(layer: Int32Array): Int32Array[] {
  let count = 0;
  for (const at of layer) count = Math.max(count, at + 1);
  const { offsets, values } = csrBy(layer, upTo(layer.length), count);
  return Array.from({ length: count }, (_, k) => values.slice(offsets[k], offsets[k + 1]));
}

/** Re-sorts one layer by the mean place of each item's neighbours; an item with none keeps its place. */
function settle(ids: Int32Array, neighbours: Csr, place: Float64Array): void {
  const { offsets, values } = neighbours;
  const mean = new Float64Array(ids.length);
  for (let i = 0; i < ids.length; i++) {
    const from = offsets[ids[i]];
    const to = offsets[ids[i] + 1];
    let sum = 0;
    for (let at = from; at < to; at++) sum += place[values[at]];
    mean[i] = to === from ? place[ids[i]] : sum / (to - from);
  }
  sortByOwnKeys(ids, mean);
  spread(ids, place);
}

function spread(ids: Int32Array, place: Float64Array): void {
  for (let i = 0; i < ids.length; i++) place[ids[i]] = (i + 0.5) / ids.length;
}
