// Changes of the text in the editor as if they were typed, so that undo takes them back. The textarea is React's: it hears
// of the change by its input event.

import type { TextPosition } from '../../shared/api/errors.ts';
import { spaced } from './insert-text.ts';

/** At the caret, in place of what is selected, with a space where two words would meet. A macro's caret goes inside. */
export function insertWord(editor: HTMLTextAreaElement, word: string): void {
  const { value, selectionStart, selectionEnd } = editor;
  const text = spaced(value.slice(0, selectionStart), word, value.slice(selectionEnd));
  type(editor, text);
  if (!word.endsWith('()')) return;
  const inside = selectionStart + text.lastIndexOf(')');
  editor.setSelectionRange(inside, inside);
}

export function replaceAll(editor: HTMLTextAreaElement, text: string): void {
  editor.select();
  type(editor, text);
  editor.scrollTop = 0;
}

/** Selects the word at a place, scrolled into view. */
export function selectPlace(editor: HTMLTextAreaElement, { line, column, length }: TextPosition): void {
  const before = editor.value.split('\n').slice(0, line - 1);
  const start = before.reduce((sum, each) => sum + each.length + 1, 0) + column - 1;
  editor.focus();
  editor.setSelectionRange(start, start + length);
  editor.scrollTop = Math.max(0, ((line - 3) / editor.value.split('\n').length) * editor.scrollHeight);
}

/** The one way that keeps undo; where a browser has none, the text is set without it. */
function type(editor: HTMLTextAreaElement, text: string): void {
  editor.focus();
  if (document.execCommand(text === '' ? 'delete' : 'insertText', false, text)) return;
  editor.setRangeText(text, editor.selectionStart, editor.selectionEnd, 'end');
  editor.dispatchEvent(new Event('input', { bubbles: true }));
}
