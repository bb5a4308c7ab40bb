// Frame after frame of a segment file, through a window of it, so that memory does not grow with the file.

import type { DiskFile } from './disk.ts';
import { readAll } from './disk-io.ts';
import { emptyFrame, FRAME_HEADER_BYTES, type Frame, readFrame } from './frame.ts';

const WINDOW_BYTES = 1024 * 1024;

/** `bytes` holds the frame where `frame` says; both are used again after the visit. False stops the walk. */
export type VisitFrame = (frame: Frame, bytes: Buffer, offset: number) => boolean;

export interface WalkEnd {
  /** Of the first byte that was not visited. */
  readonly offset: number;
  /** "": the bytes ended with a frame. `cut`: they ended within one. `stopped`: by the visitor. */
  readonly why: '' | 'stopped' | 'cut' | 'length' | 'checksum';
}

/** Visits the frames in bytes `from … to` of a file, all of them verified. */
export async function walkFrames(
  file: DiskFile,
  range: { readonly from: number; readonly to: number; readonly salt: number },
  visit: VisitFrame,
): Promise<WalkEnd> {
  const { to, salt } = range;
  const frame = emptyFrame();
  let offset = range.from;
  let room = Buffer.allocUnsafe(Math.max(0, Math.min(WINDOW_BYTES, to - offset)));
  while (offset < to) {
    const window = room.subarray(0, await readAll(file, room.subarray(0, to - offset), offset));
    let at = 0;
    let state = readFrame(window, at, salt, frame);
    while (state === '') {
      at = frame.end;
      if (!visit(frame, window, offset + frame.start)) return { offset: offset + frame.start, why: 'stopped' };
      if (at === window.length) break;
      state = readFrame(window, at, salt, frame);
    }
    offset += at;
    if (state === 'length' || state === 'checksum') return { offset, why: state };
    if (state === 'short') {
      const needed = bytesNeeded(window, at);
      // What is missing is not in the next window either.
      if (needed > to - offset || window.length < Math.min(room.length, to - offset + at))
        return { offset, why: 'cut' };
      if (needed > room.length) room = Buffer.allocUnsafe(needed);
    }
  }
  return { offset, why: '' };
}

function bytesNeeded(bytes: Buffer, at: number): number {
  if (bytes.length - at < FRAME_HEADER_BYTES) return FRAME_HEADER_BYTES;
  return FRAME_HEADER_BYTES + bytes.readUInt32LE(at);
}
