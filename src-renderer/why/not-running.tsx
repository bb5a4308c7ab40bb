// Why one task run was not running at one moment: the limit that bound it and who held the slots.

import type { WhyAtView } from '../../shared/api/views-why.ts';
import type { Resource } from '../state/resources.ts';
import { Name } from '../widgets/name.tsx';
import { ErrorNotice, Loading } from '../widgets/notice.tsx';
import type { ZonedTime } from '../widgets/zoned-time.ts';

export interface NotRunningProps {
  readonly state: Resource<WhyAtView>;
  readonly time: ZonedTime;
  /** Shows a pipeline that held slots. */
  readonly onOpen: (pipeline: string) => void;
}

export function NotRunningPane({ state, time, onOpen }: NotRunningProps) {
  if (state.status === 'loading') return <Loading what="what held it" lines={4} />;
  if (state.status === 'error') return <ErrorNotice what="That cannot be told" error={state.error} />;
  const { atUs, sentence, holders, poolSlots, usedSlots, pool, waitingFor } = state.value;
  return (
    <>
      <h2>Why not running at {time.clock(atUs)}</h2>
      <p>{sentence}</p>
      {pool && poolSlots > 0 ? (
        <p className="dim">
          Pool <span className="mono">{pool}</span>: {usedSlots} of {poolSlots} slots in use.
        </p>
      ) : null}
      {holders.length > 0 ? (
        <table className="plain">
          <thead>
            <tr>
              <th scope="col">held by</th>
              <th scope="col" className="right">
                slots
              </th>
            </tr>
          </thead>
          <tbody>
            {holders.map((holder) => (
              <tr key={holder.pipeline}>
                <td>
                  <Name text={holder.pipeline} onOpen={() => onOpen(holder.pipeline)} />
                </td>
                <td className="right">{holder.slots}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
      {waitingFor.length > 0 ? (
        <ul className="advice">
          {waitingFor.map((missing) => (
            <li key={missing.taskRun}>
              waits for <span className="mono">{missing.label}</span>, {missing.state},{' '}
              {Number.isFinite(missing.cameUs) ? `which came at ${time.clock(missing.cameUs)}` : 'which never came'}
            </li>
          ))}
        </ul>
      ) : null}
    </>
  );
}
