// Text as SQL. Names of tables and columns are ours and need no quoting; paths and foreign text do.

/** A string literal. */
export const quote = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** `nominalStartUs` to `nominal_start_us`: the model's names as columns. */
export const snakeCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/**
 * A Parquet file as a table. Parts of its path of the form `name=value` are no columns: left to itself DuckDB would let
 * them replace the file's own.
 */
export const parquet = (file: string, option = ''): string =>
  `read_parquet(${quote(file)}, hive_partitioning = false${option})`;
