// A file that comes in parts. Offset 0 starts it, also when a broken connection made the services send it again.

import type { SqlSavePart } from '../../shared/api/views-sql.ts';

export class FileParts {
  #parts: Uint8Array[] = [];
  #end = 0;

  readonly take = ({ offset, bytes }: SqlSavePart): void => {
    if (offset === 0) {
      this.#parts = [];
      this.#end = 0;
    }
    if (offset !== this.#end) return;
    this.#parts.push(bytes);
    this.#end += bytes.length;
  };

  /** Throws when some of it is missing: part of a file is no file. */
  whole(byteCount: number): readonly Uint8Array[] {
    if (this.#end !== byteCount) throw new Error(`only ${this.#end} of ${byteCount} bytes of the file arrived`);
    return this.#parts;
  }
}
