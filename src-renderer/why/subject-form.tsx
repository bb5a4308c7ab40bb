// What to ask about: a run or a dataset by name, with the night's deliverables at hand.

import { useState } from 'react';

export interface SubjectFormProps {
  readonly names: readonly string[];
  readonly subject: string;
  readonly onChoose: (subject: string) => void;
}

export function SubjectForm({ names, subject, onChoose }: SubjectFormProps) {
  const [text, setText] = useState(subject);
  return (
    <form
      className="why-subject"
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() !== '') onChoose(text.trim());
      }}
    >
      <label>
        <span className="unseen">A run, or a dataset@partition</span>
        <input
          className="mono"
          list="why-subjects"
          value={text}
          placeholder="pipeline.task or dataset@partition"
          onChange={(event) => setText(event.target.value)}
        />
      </label>
      <datalist id="why-subjects">
        {names.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <button type="submit" className="button">
        Ask
      </button>
    </form>
  );
}
