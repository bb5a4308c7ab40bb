// How much slower work gets as a pool fills: a factor by the share of its slots in use, straight lines between the
// points that are given, flat before the first and after the last.

export interface SlowdownPoint {
  /** 0 to 1. */
  readonly share: number;
  readonly factor: number;
}

/** `points` ascending in share; 1 when there are none. */
export function slowdownAt(points: readonly SlowdownPoint[], share: number): number {
  if (points.length === 0) return 1;
  const above = points.findIndex((point) => point.share >= share);
  if (above === 0) return points[0].factor;
  if (above < 0) return points[points.length - 1].factor;
  const [low, high] = [points[above - 1], points[above]];
  return low.factor + ((high.factor - low.factor) * (share - low.share)) / (high.share - low.share);
}

/** The factor by slots in use, 0 to `slots`, to be looked up while a day is played. */
export const slowdownTable = (points: readonly SlowdownPoint[], slots: number): Float64Array =>
  Float64Array.from({ length: slots + 1 }, (_, used) => slowdownAt(points, slots === 0 ? 0 : used / slots));
