// The palette (Ctrl+K): pipelines by name and every command, by keyboard alone. Choosing a pipeline selects it and
// stays on the screen when that shows pipelines, else goes to the graph.

import { Command } from 'cmdk';
import { useMemo, useRef, useState } from 'react';
import type { LogView } from '../../shared/api/views.ts';
import { keysOf } from '../state/selection.ts';
import { useApp, useResource } from '../state/use-app.ts';
import { Dialog } from '../widgets/dialog.tsx';
import { type Command as AppCommand, commandsOf } from './commands.ts';
import { keyText } from './key-text.ts';
import { searchNames } from './search-names.ts';

const PIPELINES_SHOWN = 40;

export function Palette({ log, onClose }: { log: LogView | null; onClose: () => void }) {
  const app = useApp();
  const [query, setQuery] = useState('');
  const [chosen, setChosen] = useState<string | null>(null);
  /** Moved since the text changed; until then the best match is chosen, also one that comes later than others. */
  const isByHand = useRef(false);
  const graph = useResource('log.graph', log ? { log: log.name } : null);
  const pipelines = graph.status === 'ready' ? graph.value.pipelines : null;
  const found = useMemo(
    () => (pipelines ? searchNames(pipelines.name, query, PIPELINES_SHOWN) : []),
    [pipelines, query],
  );
  // Loaded for the commands that ask why of its deliverables.
  const night = useResource('night.get', log ? { log: log.name } : null);
  // oxlint-disable-next-line react/exhaustive-deps -- the night's deliverables are among the commands once it is there
  const commands = useMemo(() => matching(commandsOf(app), query), [app, query, night]);
  const best = found.length > 0 ? itemOf(found[0]) : firstOf(commands);
  const type = (text: string): void => {
    isByHand.current = false;
    setChosen(null);
    setQuery(text);
  };
  const byHand = (): void => {
    isByHand.current = true;
  };
  const run = (act: () => void) => (): void => {
    onClose();
    act();
  };
  const open = (row: number): void => {
    if (graph.status !== 'ready') return;
    const { screen } = app.view.getState();
    const pipeline = keysOf(graph.value).keyOf(row);
    app.view.setState({ pipeline, screen: screen === 'time' ? 'time' : 'graph' });
  };
  return (
    <Dialog label="Search pipelines and commands" className="palette" onClose={onClose}>
      <Command
        shouldFilter={false}
        label="Search pipelines and commands"
        loop
        value={chosen ?? best}
        onValueChange={(item) => isByHand.current && setChosen(item)}
        onKeyDownCapture={byHand}
        onPointerMoveCapture={byHand}
      >
        <Command.Input value={query} onValueChange={type} placeholder="A pipeline or a command" />
        <Command.List>
          <Command.Empty>Nothing has that name.</Command.Empty>
          {found.length > 0 ? (
            <Command.Group heading="Pipelines">
              {found.map((row) => (
                <Command.Item key={row} value={itemOf(row)} onSelect={run(() => open(row))}>
                  <span className="mono cut grow">{pipelines?.name[row]}</span>
                  <span className="dim">{pipelines?.owner[row]}</span>
                </Command.Item>
              ))}
            </Command.Group>
          ) : null}
          {GROUPS.map((group) => {
            const items = commands.filter((command) => command.group === group);
            if (items.length === 0) return null;
            return (
              <Command.Group key={group} heading={group}>
                {items.map((command) => (
                  <Command.Item key={command.id} value={command.id} onSelect={run(command.run)}>
                    <span className="grow">{command.title}</span>
                    {command.keys ? <kbd>{keyText(command.keys)}</kbd> : null}
                  </Command.Item>
                ))}
              </Command.Group>
            );
          })}
        </Command.List>
      </Command>
    </Dialog>
  );
}

const itemOf = (pipeline: number): string => `pipeline-${pipeline}`;

/** In the order in which they are shown. */
const firstOf = (commands: readonly AppCommand[]): string =>
  GROUPS.flatMap((group) => commands.find((command) => command.group === group) ?? [])[0]?.id ?? '';

const GROUPS: readonly AppCommand['group'][] = ['Go to', 'Why', 'SQL', 'Time', 'Log', 'View'];

function matching(commands: readonly AppCommand[], query: string): readonly AppCommand[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return commands.filter((command) => {
    const text = `${command.group} ${command.title}`.toLowerCase();
    return command.id !== 'palette' && words.every((word) => text.includes(word));
  });
}
