// A critical chain as text: one line a link with its minutes, then the exact sum, then what is beyond usual in two columns:
// minutes charged, and the landing without it. Minutes charged are bookkeeping; the replay is cause.

import { type ChainLink, type ChainPart, type CriticalChain, partMs } from '../../shared/analysis/why/chain.ts';
import { clockText, minutesText } from '../../shared/analysis/why/clock-text.ts';
import type { ReplayControl, ReplayRow, ReplayView, WhyAtView, WhyView } from '../../shared/api/views-why.ts';
import { EVIDENCE_NAMES, Evidence } from '../../shared/model/event.ts';
import { formatTable } from './format-table.ts';
import { indent } from './format-verdict.ts';
import { PLAIN_STYLE, type Style } from './style.ts';

/** `replay` is null when none was asked for, or when nothing can be played. */
export function formatWhy(why: WhyView, replay: ReplayView | null, style: Style = PLAIN_STYLE): string {
  const { label, partition, sentence, zone, chain } = why;
  const head = `${style.bold(label)}${partition === '' ? '' : `  ${partition}`}  ${style.dim(zone)}\n${sentence}\n`;
  const parts = [head];
  if (chain !== null)
    parts.push(indent(chainText(chain, style)) + indent(sumText(chain, replay?.control ?? null, zone)));
  if (chain !== null && (why.charges.length > 1 || replay !== null)) parts.push(indent(causesText(why, replay, style)));
  parts.push(readsText(replay?.rows ?? [], zone));
  if (why.advice.length > 0) parts.push(`To know more:\n${why.advice.map((line) => `  - ${line}\n`).join('')}`);
  return parts.filter((part) => part !== '').join('\n');
}

export function formatWhyAt(at: WhyAtView, zone: string, style: Style = PLAIN_STYLE): string {
  const rows = at.waitingFor.map(({ label, state, cameUs }) => [label, state, clockText(cameUs, zone, true)]);
  const table =
    rows.length < 2 ? '' : indent(formatTable(rows, ['left', 'left', 'right'], ['waited for', 'was', 'came'], style));
  const evidence = at.cause === null ? '' : style.dim(` (${EVIDENCE_NAMES[at.evidence]})`);
  return `${at.sentence}${evidence}\n${table}`;
}

function chainText({ links }: CriticalChain, style: Style): string {
  const rows = links.map((link) => [
    link.label,
    link.parts.length === 0
      ? 'no time'
      : summed(link.parts)
          .map(({ name, ms }) => `${name} ${minutesText(ms)}`)
          .join(' · '),
    EVIDENCE_NAMES[evidenceOf(link)],
    heldBy(link),
  ]);
  return formatTable(rows, ['left', 'left', 'left', 'left'], null, style);
}

/** The least sure of its parts. */
const evidenceOf = ({ parts }: ChainLink): Evidence =>
  parts.reduce<Evidence>((worst, { evidence }) => (evidence > worst ? evidence : worst), Evidence.recorded);

interface Named {
  readonly name: string;
  readonly ms: number;
}

/** Parts of a name together, in the order of their first; check, finalize and publish as one. */
function summed(parts: readonly ChainPart[]): Named[] {
  const sums = new Map<string, number>();
  for (const part of parts) sums.set(nameOf(part), (sums.get(nameOf(part)) ?? 0) + partMs(part));
  return [...sums].map(([name, ms]) => ({ name, ms }));
}

function nameOf({ cause, pool }: ChainPart): string {
  switch (cause) {
    case 'source':
      return 'source waited';
    case 'pool':
    case 'priority':
      return `${cause} ${pool}`.trim();
    case 'run':
      return 'ran';
    case 'scheduler loop':
      return 'loop';
    case 'trigger detection':
      return 'trigger';
    case 'start-up':
      return 'start';
    case 'check':
    case 'finalize queue':
    case 'publish':
      return 'check + publish';
    default:
      return cause;
  }
}

function heldBy({ parts }: ChainLink): string {
  const longest = parts
    .filter(({ holders }) => holders.length > 0)
    .reduce<ChainPart | null>((a, b) => (a === null || partMs(b) > partMs(a) ? b : a), null);
  const holder = longest?.holders[0];
  if (holder === undefined) return '';
  return `held by ${holder.pipeline} ${holder.slots}${holder.poolSlots < 0 ? '' : `/${holder.poolSlots}`}`;
}

function sumText(chain: CriticalChain, control: ReplayControl | null, zone: string): string {
  const clock = (us: number): string => clockText(us, zone, true);
  const sum = `SUM ${minutesText(chain.sumMs)} = ${clock(chain.fromUs)} -> ${clock(chain.toUs)} exactly`;
  const unknown = ` · unknown ${minutesText(chain.unknownMs)}`;
  return `${sum}${unknown}${control === null ? '' : ` · ${controlText(control, zone)}`}\n`;
}

function controlText({ landedUs, errorMs, limitMs, isBelieved }: ReplayControl, zone: string): string {
  const error = `${errorMs < 0 ? '-' : '+'}${secondsText(Math.abs(errorMs))}`;
  const told = `replay of the unchanged night ${clockText(landedUs, zone, true)} (${error})`;
  return isBelieved ? told : `${told}: NOT BELIEVED, more than ${secondsText(limitMs)} off`;
}

const secondsText = (ms: number): string =>
  ms < 10_000 && ms % 1_000 !== 0 ? `${(ms / 1_000).toFixed(1)} s` : `${Math.round(ms / 1_000)} s`;

/** Charged, and without it; a change of its own asking has no charge. */
function causesText({ charges: all, zone }: WhyView, replay: ReplayView | null, style: Style): string {
  // The rest alone says nothing.
  const charges = all.length > 1 ? all : [];
  const rows = replay?.rows ?? [];
  const rowOf = (change: unknown): ReplayRow | undefined =>
    rows.find((row) => JSON.stringify(row.change) === JSON.stringify(change));
  const charged = charges.map(({ name, chargedMs, change }) => {
    const row = change === null ? undefined : rowOf(change);
    return [name, minutesText(chargedMs), row === undefined ? '' : withoutText(row, zone, style)];
  });
  const others = rows
    .filter(({ change }) => !charges.some((charge) => JSON.stringify(charge.change) === JSON.stringify(change)))
    .map((row) => [row.name, '', withoutText(row, zone, style)]);
  const header = ['', charges.length > 0 ? 'charged' : '', rows.length > 0 ? 'landing without it' : ''];
  return formatTable([...charged, ...others], ['left', 'right', 'left'], header, style);
}

function withoutText({ landedUs, verdict, refused }: ReplayRow, zone: string, style: Style): string {
  if (refused !== '') return refused;
  if (Number.isNaN(landedUs)) return style.bad('would not land');
  const told = verdict === 'met' ? style.good(' met') : verdict === 'missed' ? style.bad(' missed') : '';
  return `${clockText(landedUs, zone, true)}${told}`;
}

/** Who reads too early, and who no more, once a dependency is declared. */
function readsText(rows: readonly ReplayRow[], zone: string): string {
  const lines = rows.flatMap(({ name, newEarlyReads, goneEarlyReads }) => [
    ...goneEarlyReads.map(({ label, dataset }) => `${name}: ${label} reads ${dataset} whole.`),
    ...newEarlyReads.map(
      ({ label, dataset, readUs, wholeUs }) =>
        `Then the next early reader is ${label}: it reads ${dataset} at ${clockText(readUs, zone)}, ${
          Number.isNaN(wholeUs) ? 'which is never whole' : `whole at ${clockText(wholeUs, zone)}`
        }.`,
    ),
  ]);
  return lines.map((line) => `${line}\n`).join('');
}
