// The form of a step from one schema of the read model to the next.

export interface Migration {
  /** 1, 2, …: the schema's number when the step is done. */
  readonly number: number;
  readonly name: string;
  /** Statements that create, copy, drop and rename; never ALTER TABLE … ADD COLUMN with an expression default. */
  readonly sql: string;
}
