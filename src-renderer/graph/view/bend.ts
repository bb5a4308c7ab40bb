// The shape of an edge: level at both ends, half the way across; one that runs back makes a loop that grows slowly.

/** How far a curve's control points stand off its ends, in world units, for a way of `distance` to the right. */
export const bendOf = (distance: number): number => (distance >= 0 ? distance / 2 : 6.25 * Math.sqrt(-distance));
