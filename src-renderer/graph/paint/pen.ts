// The part of a 2D canvas context that the painting uses, so that painting is plain TypeScript: it runs on the page,
// in a worker, and in a test that writes down what was drawn.

export interface Pen {
  fillStyle: unknown;
  strokeStyle: unknown;
  lineWidth: number;
  globalAlpha: number;
  font: string;
  textBaseline: unknown;
  beginPath(): void;
  closePath(): void;
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
  bezierCurveTo(ax: number, ay: number, bx: number, by: number, x: number, y: number): void;
  arc(x: number, y: number, radius: number, from: number, to: number): void;
  rect(x: number, y: number, width: number, height: number): void;
  roundRect(x: number, y: number, width: number, height: number, radius: number): void;
  fillRect(x: number, y: number, width: number, height: number): void;
  clearRect(x: number, y: number, width: number, height: number): void;
  fill(): void;
  stroke(): void;
  fillText(text: string, x: number, y: number): void;
  setLineDash(pattern: number[]): void;
  setTransform(a: number, b: number, c: number, d: number, e: number, f: number): void;
}

/** Every colour and face that is painted, as CSS text. */
export type Theme = 'light' | 'dark';

export interface Palette {
  readonly theme: Theme;
  readonly panel: string;
  readonly line: string;
  readonly lineStrong: string;
  readonly ink: string;
  readonly dim: string;
  readonly faint: string;
  readonly accent: string;
  readonly early: string;
  /** By pipeline state. */
  readonly states: readonly string[];
  readonly mono: string;
  readonly sans: string;
}
