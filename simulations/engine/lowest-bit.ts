/** The index of the lowest bit that is set, 0 to 31. There must be one. */
export const lowestBit = (bits: number): number => 31 - Math.clz32(bits & -bits);
