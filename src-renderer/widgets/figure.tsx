// A figure with its label and what it is held against; it leads to its evidence when `onOpen` is given.

export interface FigureProps {
  readonly label: string;
  readonly value: React.ReactNode;
  readonly note?: React.ReactNode;
  readonly onOpen?: () => void;
  /** Stable name for tests. */
  readonly id?: string;
}

export function Figure({ label, value, note, onOpen, id }: FigureProps) {
  const content = (
    <>
      <span className="figure-label">{label}</span>
      <span className="figure-value" data-figure={id}>
        {value}
      </span>
      <span className="figure-note">{note}</span>
    </>
  );
  if (!onOpen) return <div className="figure">{content}</div>;
  return (
    <button type="button" className="figure" onClick={onOpen}>
      {content}
    </button>
  );
}
