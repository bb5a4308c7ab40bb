// The top bar: which workspace, which log, which night, the way to every command, and how sure the verdict on early
// reads is. It is the same on every screen.

import { Monitor, Moon, Search, Sun } from 'lucide-react';
import { useStore } from 'zustand';
import type { LogView } from '../../shared/api/views.ts';
import { nightOf, spanText } from '../state/night.ts';
import { chooseTheme, THEME_CHOICES, type ThemeChoice } from '../state/theme.ts';
import { useApp, useResource } from '../state/use-app.ts';
import { formatCount, formatPlural } from '../widgets/format.ts';
import { zonedTime } from '../widgets/zoned-time.ts';
import { LiveChip } from './live-chip.tsx';
import { LogChooser } from './log-chooser.tsx';

export function TopBar({ log }: { log: LogView | null }) {
  const { workspace } = useApp();
  const state = useStore(workspace);
  return (
    <header className="top-bar">
      <span className="wordmark">Landfall</span>
      <span className="chip workspace-chip" title={state.status === 'ready' ? state.value.dir : undefined}>
        <span className="chip-word">workspace</span> <b>{state.status === 'ready' ? state.value.name : '…'}</b>
      </span>
      <LogChooser log={log} />
      {log?.isLive ? <LiveChip log={log} /> : null}
      {log ? <NightChip log={log} /> : null}
      <CommandField log={log} />
      {log ? <EvidenceChip log={log} /> : null}
      <ThemeButton />
    </header>
  );
}

function NightChip({ log }: { log: LogView }) {
  const timeline = useResource('log.timeline', { log: log.name });
  const night = timeline.status === 'ready' ? nightOf(timeline.value) : null;
  const ran = `ran ${spanText(log)}`;
  const ranDay = `ran ${zonedTime(log.zone).day(log.fromUs)}`;
  const others = night && night.otherKeys > 0 ? ` and ${formatPlural(night.otherKeys, 'more key')}` : '';
  return (
    <span className="chip night-chip" title={`${night?.key ?? ''}${others} · ${ran} · ${zonedTime(log.zone).zone}`}>
      {night?.key ? <b className="mono">{night.key}</b> : null}
      {others ? <span className="chip-word">{others}</span> : null}
      {night?.key ? ' · ' : ''}
      <span className="night-day">{ranDay} · </span>
      <span className="night-ran">{ran} · </span>
      {zonedTime(log.zone).zone}
    </span>
  );
}

function CommandField({ log }: { log: LogView | null }) {
  const { overlay } = useApp();
  const what = log ? `Search ${formatPlural(log.pipelines, 'pipeline')}, or type a command` : 'Type a command';
  return (
    <button
      type="button"
      className="command-field"
      aria-haspopup="dialog"
      aria-keyshortcuts="Control+K"
      onClick={() => overlay.setState({ open: 'palette' })}
    >
      <Search size={13} aria-hidden="true" />
      <span className="cut grow">{what}</span>
      <kbd>Ctrl K</kbd>
    </button>
  );
}

function EvidenceChip({ log }: { log: LogView }) {
  const { view } = useApp();
  const summary = useResource('log.summary', { log: log.name });
  if (summary.status !== 'ready') return <span className="chip evidence-chip">early reads …</span>;
  const { proved, overlap, cannotTell } = summary.value.earlyReads;
  return (
    <button
      type="button"
      className="chip evidence-chip"
      title="Reads of data that was not whole, by how sure that is"
      onClick={() => view.setState({ screen: 'order' })}
    >
      <b className={proved > 0 ? 'ink-early' : ''} data-figure="early-proved">
        {formatPlural(proved, 'proved early read')}
      </b>
      <span className="evidence-rest">
        {' '}
        · {formatCount(overlap)} overlap · {formatCount(cannotTell)} cannot tell
      </span>
    </button>
  );
}

const THEME_ICONS = { system: Monitor, light: Sun, dark: Moon };

function ThemeButton() {
  const { theme } = useApp();
  const choice = useStore(theme, (s) => s.choice);
  const Icon = THEME_ICONS[choice];
  const next = THEME_CHOICES[(THEME_CHOICES.indexOf(choice) + 1) % THEME_CHOICES.length] as ThemeChoice;
  return (
    <button
      type="button"
      className="chip theme-button"
      title={`Theme: ${choice}. Change to ${next}.`}
      aria-label={`Theme: ${choice}. Change to ${next}.`}
      onClick={() => chooseTheme(theme, window, next)}
    >
      <Icon size={14} aria-hidden="true" />
    </button>
  );
}
