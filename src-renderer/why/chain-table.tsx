// The critical chain as rows on one clock: each link's minutes, its parts as a bar, what they were, and how it is known.
// Under it the sum, which is exact.

import type { ChainLink, ChainPart, CriticalChain } from '../../shared/analysis/why/chain.ts';
import { Name } from '../widgets/name.tsx';
import { Tag } from '../widgets/tag.tsx';
import type { ZonedTime } from '../widgets/zoned-time.ts';
import { evidenceName, linkMs, minutesText, partsText, toneOf } from './chain-text.ts';

export interface ChainTableProps {
  readonly chain: CriticalChain;
  readonly time: ZonedTime;
  readonly onOpen: (taskRun: number, atUs: number) => void;
  /** Asks why a link was not running at the middle of a part. */
  readonly onAsk: (taskRun: number, atUs: number) => void;
}

export function ChainTable({ chain, time, onOpen, onAsk }: ChainTableProps) {
  const { links, fromUs, toUs, sumMs, unknownMs } = chain;
  const span = `${time.clock(fromUs)} → ${time.clock(toUs)}`;
  return (
    <table className="plain chain">
      <thead>
        <tr>
          <th scope="col">critical chain</th>
          <th scope="col" className="right">
            minutes
          </th>
          <th scope="col" className="chain-clock">
            {span}
          </th>
          <th scope="col" className="chain-what">
            where they went
          </th>
          <th scope="col">known by</th>
        </tr>
      </thead>
      <tbody>
        {links.map((link, i) => (
          <tr key={`${link.taskRun}-${link.fromUs}`} data-link={i}>
            <td>
              <Name
                text={link.label}
                title={`${link.label}${link.wrote ? `, wrote ${link.wrote}` : ''}`}
                onOpen={() => onOpen(link.taskRun, link.fromUs)}
              />
            </td>
            <td className="right">{minutesText(linkMs(link))}</td>
            <td className="chain-clock">
              <LinkBar link={link} chain={chain} time={time} onAsk={onAsk} />
            </td>
            <td className="chain-what dim">{partsText(link.parts)}</td>
            <td>
              <Tag>{evidenceName(link)}</Tag>
            </td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">sum</th>
          <td className="right" data-figure="chain-sum">
            <b>{minutesText(sumMs)}</b>
          </td>
          <td colSpan={3} className="dim">
            exactly {time.clockSeconds(fromUs)} → {time.clockSeconds(toUs)} · unknown {minutesText(unknownMs)}
            {chain.beginsBecause ? ` · ${chain.beginsBecause}` : ''}
          </td>
        </tr>
      </tfoot>
    </table>
  );
}

interface LinkBarProps {
  readonly link: ChainLink;
  readonly chain: CriticalChain;
  readonly time: ZonedTime;
  readonly onAsk: (taskRun: number, atUs: number) => void;
}

/** A wait is a button that asks who held what; work is not. */
function LinkBar({ link, chain, time, onAsk }: LinkBarProps) {
  const place = ({ fromUs, toUs }: ChainPart): React.CSSProperties => ({
    left: `${(100 * (fromUs - chain.fromUs)) / (chain.toUs - chain.fromUs)}%`,
    width: `${(100 * (toUs - fromUs)) / (chain.toUs - chain.fromUs)}%`,
  });
  return (
    <div className="chain-bar">
      {link.parts.map((part) => {
        const title = `${part.cause}${part.pool ? ` ${part.pool}` : ''}, ${time.clockSeconds(part.fromUs)} to ${time.clockSeconds(part.toUs)}`;
        const key = `${part.cause}-${part.fromUs}`;
        const tone = toneOf(part.cause);
        if (tone === 'run' || tone === 'whole' || part.toUs - part.fromUs <= 0) {
          return <i key={key} className={`part part-${tone}`} style={place(part)} title={title} />;
        }
        return (
          <button
            key={key}
            type="button"
            className={`part part-${tone}`}
            style={place(part)}
            title={`${title}: why?`}
            aria-label={`Why was ${link.label} not running: ${title}`}
            onClick={() => onAsk(link.taskRun, (part.fromUs + part.toUs) / 2)}
          />
        );
      })}
    </div>
  );
}
