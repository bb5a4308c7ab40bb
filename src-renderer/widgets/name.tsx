// The name of a thing (pipeline, dataset, task): mono, and a button where it leads somewhere.

export function Name({ text, onOpen, title }: { text: string; onOpen?: () => void; title?: string }) {
  if (!onOpen) {
    return (
      <span className="mono" title={title}>
        {text}
      </span>
    );
  }
  return (
    <button type="button" className="mono link cut" title={title ?? text} onClick={onOpen}>
      {text}
    </button>
  );
}
