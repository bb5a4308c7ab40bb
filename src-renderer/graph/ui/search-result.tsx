// One find: what it is called, what it is and where it belongs.

import { NodeKind } from '../layout/types.ts';
import type { Found } from '../model/search.ts';
import { useGraph } from './control-context.ts';

interface SearchResultProps {
  readonly id: string;
  readonly found: Found;
  readonly isActive: boolean;
  readonly onChoose: () => void;
}

export function SearchResult({ id, found, isActive, onChoose }: SearchResultProps) {
  const model = useGraph((state) => state.model);
  if (!model) return null;
  const isNode = found.kind === 'node';
  const name = isNode ? model.name[found.node] : model.groupNames[found.group];
  const kind = !isNode ? 'domain' : model.kind[found.node] === NodeKind.pipeline ? 'pipeline' : 'dataset';
  return (
    // The field has the keyboard; the pointer may press a find
    // An option of a combobox is not focused itself
    <div
      id={id}
      role="option"
      aria-selected={isActive}
      className="graph-result"
      // Pressing must not take the keyboard from the field.
      onPointerDown={(event) => event.preventDefault()}
      onClick={onChoose}
    >
      <span className="mono cut">{name}</span>
      <span className="dim">{kind}</span>
    </div>
  );
}
