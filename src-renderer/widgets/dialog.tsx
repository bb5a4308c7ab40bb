// A modal panel over the screens: the browser's own <dialog>, so focus stays inside, Escape closes and focus returns
// where it was. Clicking beside it closes it.

import { useEffect, useRef } from 'react';

export interface DialogProps {
  readonly label: string;
  readonly className: string;
  readonly onClose: () => void;
  readonly children: React.ReactNode;
}

export function Dialog({ label, className, onClose, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    if (element && !element.open) element.showModal();
    // Left alone, the browser focuses the first thing that can be focused, which need not be the field.
    element?.querySelector('input')?.focus();
    // That may be at its end, out of sight in a low window; one reads from the top.
    element?.scrollTo(0, 0);
    return () => element?.close();
  }, []);
  return (
    // Escape is the keyboard's way, and the dialog has it.
    <dialog
      ref={dialog}
      aria-label={label}
      className={className}
      onClose={onClose}
      onClick={(event) => {
        if (event.target === dialog.current) onClose();
      }}
    >
      {children}
    </dialog>
  );
}
