// The menu of each platform: the editing keys work everywhere, the developer tools only where someone develops.

import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, it } from 'vitest';
import { menuTemplate } from '../../../src-main/electron/menu-template.ts';

const roles = (items: readonly MenuItemConstructorOptions[]): unknown[] =>
  items.flatMap(({ role, submenu }) => [...(role ? [role] : []), ...(Array.isArray(submenu) ? roles(submenu) : [])]);

describe.each(['linux', 'win32', 'darwin'] as const)('the menu on %s', (platform) => {
  it('has editing, a window menu and a way out', () => {
    const all = roles(menuTemplate(platform, true));
    expect(all).toEqual(expect.arrayContaining(['editMenu', 'windowMenu', platform === 'darwin' ? 'appMenu' : 'quit']));
  });

  it('has developer tools in development only', () => {
    expect(roles(menuTemplate(platform, true))).not.toContain('toggleDevTools');
    expect(roles(menuTemplate(platform, false))).toContain('toggleDevTools');
  });
});
