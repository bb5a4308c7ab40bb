// Names of the groups as page text, so that they stay sharp and of one size at every zoom. Moved once a frame; only
// those that can be seen are shown. A name that would leave the screen while its group is still in view is held at the
// top. Pressing one brings its group to the whole screen.

import { type Extent, type Rect, screenRect, type View } from './view.ts';

export interface GroupLabel {
  readonly name: string;
  readonly note: string;
  readonly rect: Rect;
}

const HELD_AT = 54;
const HEIGHT = 20;
/** Narrower boxes on the screen have no name, wider ones a note too. */
const WIDTH_MIN = 44;
const NOTE_WIDTH_MIN = 150;
const SHOWN_MAX = 80;

export class LabelLayer {
  readonly #container: HTMLElement;
  readonly #onPress: (group: number) => void;
  #labels: readonly GroupLabel[] = [];
  #elements: (HTMLElement | null)[] = [];

  constructor(container: HTMLElement, onPress: (group: number) => void) {
    this.#container = container;
    this.#onPress = onPress;
  }

  setLabels(labels: readonly GroupLabel[]): void {
    this.#container.replaceChildren();
    this.#labels = labels;
    this.#elements = labels.map(() => null);
  }

  follow(view: View, screen: Extent): void {
    let shown = 0;
    this.#labels.forEach((label, group) => {
      const box = screenRect(view, label.rect);
      const isSeen = box.width >= WIDTH_MIN && box.x < screen.width - 12 && box.x + box.width > WIDTH_MIN;
      const isShown = isSeen && box.y < screen.height && box.y + box.height > HELD_AT && shown < SHOWN_MAX;
      if (isShown) {
        shown++;
        this.#place(group, box);
      } else if (this.#elements[group]) this.#elements[group].hidden = true;
    });
  }

  #place(group: number, box: Rect): void {
    this.#elements[group] ??= this.#create(group);
    const element = this.#elements[group];
    const x = Math.min(Math.max(box.x + 8, 8), box.x + box.width - WIDTH_MIN);
    // Across the upper edge when there is no room inside it.
    const inside = (56 * box.width) / this.#labels[group].rect.width;
    const free = box.y + (inside >= HEIGHT + 4 ? (inside - HEIGHT) / 2 : inside - HEIGHT);
    const y = Math.min(Math.max(free, HELD_AT), box.y + box.height - HEIGHT);
    element.hidden = false;
    element.style.transform = `translate(${Math.round(x)}px,${Math.round(y)}px)`;
    element.style.maxWidth = `${Math.max(WIDTH_MIN, Math.floor(box.x + box.width - x - 8))}px`;
    element.classList.toggle('brief', box.width < NOTE_WIDTH_MIN);
  }

  #create(group: number): HTMLElement {
    const { name, note } = this.#labels[group];
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'graph-group-label';
    button.tabIndex = -1;
    button.dataset['testid'] = `graph-group-${name}`;
    button.title = `Show all of ${name}`;
    const count = document.createElement('span');
    count.className = 'note';
    count.textContent = note;
    button.append(name, count);
    button.addEventListener('click', () => this.#onPress(group));
    // A press on the name is no press on what lies under it.
    for (const type of ['pointerdown', 'dblclick']) button.addEventListener(type, (event) => event.stopPropagation());
    this.#container.append(button);
    return button;
  }
}
