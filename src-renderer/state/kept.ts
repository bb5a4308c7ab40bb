// What the page remembers over starts, as text by name. Storage may be refused or full: then it lasts as long as the page.

export function readKept(page: Pick<Window, 'localStorage'>, name: string): string | null {
  try {
    return page.localStorage.getItem(`landfall.${name}`);
  } catch {
    return null;
  }
}

/** null forgets it. */
export function keep(page: Pick<Window, 'localStorage'>, name: string, text: string | null): void {
  try {
    if (text === null) page.localStorage.removeItem(`landfall.${name}`);
    else page.localStorage.setItem(`landfall.${name}`, text);
  } catch {
    // It lasts as long as the page.
  }
}
