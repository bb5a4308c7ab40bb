// The paths of dropped files, where the window can tell them (Electron); none in a browser tab.

import type { LandfallPreload } from '../client/preload.ts';

export function droppedPaths(files: Iterable<File> | ArrayLike<File>, preload: LandfallPreload | null): string[] {
  if (!preload) return [];
  return Array.from(files as ArrayLike<File>, (file) => preload.pathOf(file)).filter(Boolean);
}
