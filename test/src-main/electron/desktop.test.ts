// Where a window can be opened, as far as the environment tells.

import { describe, expect, it } from 'vitest';
import { desktopObstacle } from '../../../src-main/electron/launcher/desktop.ts';

describe('desktopObstacle', () => {
  it.each([
    ['linux', { DISPLAY: ':0' }, 1000, null],
    ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, 1000, null],
    ['linux', { DISPLAY: ':10', SSH_CONNECTION: '::1' }, 1000, null],
    ['linux', {}, 1000, 'there is no display'],
    ['linux', { DISPLAY: '' }, 1000, 'there is no display'],
    ['linux', { DISPLAY: ':0' }, 0, "Electron's sandbox does not run as root"],
    ['linux', { DISPLAY: ':0', CI: 'true' }, 1000, 'this is a CI run'],
    ['darwin', {}, 501, null],
    ['darwin', { SSH_CONNECTION: '::1' }, 501, 'this is a remote session'],
    ['win32', {}, -1, null],
    ['win32', { CI: '1' }, -1, 'this is a CI run'],
    ['freebsd', { DISPLAY: ':0' }, 1000, 'there is no Electron for freebsd'],
  ] as const)('on %s with %o as user %i: %s', (platform, env, userId, obstacle) => {
    expect(desktopObstacle({ platform, env, userId })).toBe(obstacle);
  });
});
