// One picture being painted: world to picture coordinates and what is in view. Coordinates are CSS pixels; the pen's
// transform brings them to device pixels.

import { nodeHeight, nodeWidth } from '../layout/sizes.ts';
import { type Detail, detailAt } from '../view/detail.ts';
import type { Pen } from './pen.ts';
import type { NodeStates, PaintRequest, Picture } from './picture.ts';

export class Frame {
  readonly pen: Pen;
  readonly picture: Picture;
  readonly states: NodeStates;
  readonly request: PaintRequest;
  readonly detail: Detail;
  readonly scale: number;
  readonly #x: number;
  readonly #y: number;

  constructor(pen: Pen, picture: Picture, states: NodeStates, request: PaintRequest) {
    this.pen = pen;
    this.picture = picture;
    this.states = states;
    this.request = request;
    this.scale = request.view.scale;
    this.detail = detailAt(this.scale);
    this.#x = request.view.x;
    this.#y = request.view.y;
  }

  x(worldX: number): number {
    return worldX * this.scale + this.#x;
  }
  y(worldY: number): number {
    return worldY * this.scale + this.#y;
  }
  left(node: number): number {
    return this.x(this.picture.x[node]);
  }
  top(node: number): number {
    return this.y(this.picture.y[node]);
  }
  width(node: number): number {
    return nodeWidth(this.picture.kind[node]) * this.scale;
  }
  height(node: number): number {
    return nodeHeight(this.picture.kind[node]) * this.scale;
  }
  /** Where edges leave and enter: the middle of the right and of the left side. */
  outX(node: number): number {
    return this.left(node) + this.width(node);
  }
  portY(node: number): number {
    return this.top(node) + this.height(node) / 2;
  }
  isLit(node: number): boolean {
    return this.request.lit === null || this.request.lit[node] === 1;
  }
  sees(node: number): boolean {
    return this.seesBox(this.left(node), this.top(node), this.width(node), this.height(node));
  }
  seesBox(left: number, top: number, width: number, height: number): boolean {
    const { size } = this.request;
    return left < size.width && top < size.height && left + width > 0 && top + height > 0;
  }
}
