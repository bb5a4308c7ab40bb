// One listener for the keys of all commands. A key that a screen used itself (it prevented the default) is not used
// again, and typing into a field types.

import type { Command } from './commands.ts';

const FIELDS = 'input, textarea, select, [contenteditable="true"]';
const PRESSABLE = 'button, a, summary, [role="slider"]';

type KeyPress = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>;

/** The command of a key press, or null. */
export function commandOfKey(commands: readonly Command[], press: KeyPress): Command | null {
  if (press.altKey) return null;
  const isMod = press.ctrlKey || press.metaKey;
  const wanted = isMod ? `Mod+${press.key.toLowerCase()}` : press.key;
  return commands.find((command) => command.keys === wanted) ?? null;
}

/** Listens for the life of the page; `commands` is asked at each press. Returns the way to stop. */
export function listenForKeys(page: Window, commands: () => readonly Command[], isBlocked: () => boolean): () => void {
  const press = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.isComposing) return;
    const command = commandOfKey(commands(), event);
    if (!command) return;
    const isMod = command.keys?.startsWith('Mod+') ?? false;
    if (!isMod && (isBlocked() || isTaken(event))) return;
    event.preventDefault();
    command.run();
  };
  page.addEventListener('keydown', press);
  return () => page.removeEventListener('keydown', press);
}

/** Whether the focused element has a use of its own for the key. */
function isTaken(event: KeyboardEvent): boolean {
  const target = event.target as Element;
  if (target.matches(FIELDS)) return true;
  const isPress = event.key === ' ' || event.key === 'Enter';
  return isPress && target.matches(PRESSABLE) && target.matches(':focus-visible');
}
