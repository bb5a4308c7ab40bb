// A key of a command as it is printed on a keyboard.

const NAMES: Readonly<Record<string, string>> = { ' ': 'Space', Escape: 'Esc' };

export const keyText = (keys: string): string =>
  keys.startsWith('Mod+') ? `Ctrl ${keys.slice(4).toUpperCase()}` : (NAMES[keys] ?? keys);
