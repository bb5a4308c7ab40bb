// Branded primitives: a number that says what it counts. Costs nothing at run time.

declare const brand: unique symbol;

/** `Branded<number, 'EpochUs'>` is a number that no plain number is assigned to by accident. */
export type Branded<T, Name extends string> = T & { readonly [brand]: Name };
