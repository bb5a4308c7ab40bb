// The search field over the drawing: `/` brings one here, arrows walk what is found, Enter goes there, Esc leaves.

import { Search } from 'lucide-react';
import { type KeyboardEvent, type RefObject, useId } from 'react';
import { formatPlural } from '../../widgets/format.ts';
import { useGraph } from './control-context.ts';
import { footText } from './search-foot.ts';
import { SearchResult } from './search-result.tsx';
import { type SearchState, useSearch } from './use-search.ts';

interface SearchBoxProps {
  readonly field: RefObject<HTMLInputElement | null>;
  /** Gives the keyboard back to the drawing. */
  readonly onLeave: () => void;
}

export function SearchBox({ field, onLeave }: SearchBoxProps) {
  const search = useSearch(onLeave);
  const listId = useId();
  const count = useGraph((state) => state.model?.pipelineCount ?? 0);
  const isOpen = search.query.trim() !== '';
  const current = isOpen ? search.shown[search.active] : undefined;
  return (
    <search className="graph-search">
      <Search size={14} aria-hidden="true" />
      <input
        ref={field}
        type="text"
        role="combobox"
        aria-label="Search pipelines, datasets and domains"
        aria-expanded={isOpen}
        aria-controls={listId}
        aria-activedescendant={current ? `${listId}-${search.active}` : undefined}
        aria-autocomplete="list"
        autoComplete="off"
        spellCheck={false}
        placeholder={`Search ${formatPlural(count, 'pipeline')}`}
        data-testid="graph-search"
        value={search.query}
        onChange={(event) => search.setQuery(event.target.value)}
        onKeyDown={(event) => onKey(event, search, onLeave)}
      />
      {isOpen ? null : <kbd>/</kbd>}
      <div className="graph-results" hidden={!isOpen}>
        <div id={listId} role="listbox" aria-label="Found" data-testid="graph-results">
          {isOpen
            ? search.shown.map((found, i) => (
                <SearchResult
                  key={found.kind === 'node' ? `n${found.node}` : `g${found.group}`}
                  id={`${listId}-${i}`}
                  found={found}
                  isActive={i === search.active}
                  onChoose={() => search.choose(found)}
                />
              ))
            : null}
        </div>
        <div className="graph-results-foot dim" role="status">
          {footText(search)}
        </div>
      </div>
    </search>
  );
}

function onKey(event: KeyboardEvent, search: SearchState, onLeave: () => void): void {
  if (event.nativeEvent.isComposing) return;
  if (event.key === 'ArrowDown') search.moveActive(1);
  else if (event.key === 'ArrowUp') search.moveActive(-1);
  else if (event.key === 'Enter' && search.query.trim() !== '') search.chooseActive();
  else if (event.key === 'Escape') {
    search.setQuery('');
    onLeave();
  } else return;
  event.preventDefault();
  event.stopPropagation();
}
