// A pen that writes down what it is told, by path: what was filled or stroked, in which colour, with how many shapes.

import type { Pen } from '../../../../src-renderer/graph/paint/pen.ts';

export interface Mark {
  readonly act: 'fill' | 'stroke' | 'text' | 'fillRect';
  readonly color: string;
  readonly alpha: number;
  readonly dash: readonly number[];
  /** Calls that built the path, as `moveTo`, `rect`, …; the text for text. */
  readonly path: readonly string[];
  readonly points: readonly (readonly [number, number])[];
}

export class Recorder implements Pen {
  fillStyle: unknown = '';
  strokeStyle: unknown = '';
  lineWidth = 1;
  globalAlpha = 1;
  font = '';
  textBaseline: unknown = '';
  readonly marks: Mark[] = [];
  #path: string[] = [];
  #points: [number, number][] = [];
  #dash: number[] = [];

  beginPath(): void {
    this.#path = [];
    this.#points = [];
  }
  closePath(): void {
    this.#path.push('closePath');
  }
  moveTo(x: number, y: number): void {
    this.#add('moveTo', x, y);
  }
  lineTo(x: number, y: number): void {
    this.#add('lineTo', x, y);
  }
  bezierCurveTo(_ax: number, _ay: number, _bx: number, _by: number, x: number, y: number): void {
    this.#add('curve', x, y);
  }
  arc(x: number, y: number): void {
    this.#add('arc', x, y);
  }
  rect(x: number, y: number, width: number, height: number): void {
    this.#add('rect', x, y);
    this.#points.push([x + width, y + height]);
  }
  roundRect(x: number, y: number): void {
    this.#add('roundRect', x, y);
  }
  fillRect(x: number, y: number): void {
    this.#mark('fillRect', this.fillStyle, ['rect'], [[x, y]]);
  }
  clearRect(): void {
    this.marks.length = 0;
  }
  fill(): void {
    this.#mark('fill', this.fillStyle, this.#path, this.#points);
  }
  stroke(): void {
    this.#mark('stroke', this.strokeStyle, this.#path, this.#points);
  }
  fillText(text: string, x: number, y: number): void {
    this.#mark('text', this.fillStyle, [text], [[x, y]]);
  }
  setLineDash(pattern: number[]): void {
    this.#dash = pattern;
  }
  setTransform(): void {
    // The recorder writes CSS pixels; the device's are the transform's business.
  }

  texts(): string[] {
    return this.marks.filter((mark) => mark.act === 'text').map((mark) => mark.path[0]);
  }

  #add(call: string, x: number, y: number): void {
    this.#path.push(call);
    this.#points.push([x, y]);
  }
  #mark(
    act: Mark['act'],
    color: unknown,
    path: readonly string[],
    points: readonly (readonly [number, number])[],
  ): void {
    if (path.length === 0) return;
    this.marks.push({
      act,
      color: String(color),
      alpha: this.globalAlpha,
      dash: this.#dash,
      path: [...path],
      points: [...points],
    });
  }
}
