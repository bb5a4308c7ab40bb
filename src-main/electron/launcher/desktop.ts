// Whether this session has a desktop that Electron could open a window on. A guess from the environment only: what it
// cannot see (a display that refuses) shows when Electron starts, and the launcher falls back then.

export interface SessionFacts {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Linux and macOS; -1 where there is none. */
  readonly userId: number;
}

const PLATFORMS: ReadonlySet<NodeJS.Platform> = new Set(['linux', 'darwin', 'win32']);

/** Why no window can be opened here, as part of a sentence; null when it can. */
export function desktopObstacle({ platform, env, userId }: SessionFacts): string | null {
  if (!PLATFORMS.has(platform)) return `there is no Electron for ${platform}`;
  if (env.CI) return 'this is a CI run';
  if (platform === 'linux') return linuxObstacle(env, userId);
  if (env.SSH_CONNECTION) return 'this is a remote session';
  return null;
}

function linuxObstacle(env: SessionFacts['env'], userId: number): string | null {
  if (!env.DISPLAY && !env.WAYLAND_DISPLAY) return 'there is no display';
  // Chromium refuses, and without its sandbox we will not run it.
  return userId === 0 ? "Electron's sandbox does not run as root" : null;
}
