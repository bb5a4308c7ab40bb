// Why: one landing as its critical chain, what each cause is charged with, and what the night would have been without
// it. What it is about is a part of the view (a link leads here); without one it is the night's latest deliverable.

import { useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import type { ServiceError } from '../../shared/api/errors.ts';
import type { LogView } from '../../shared/api/views.ts';
import type { NightView } from '../../shared/api/views-night.ts';
import type { ReplayChange, WhyView } from '../../shared/api/views-why.ts';
import { useOpen } from '../state/open.ts';
import { useApp, useResource } from '../state/use-app.ts';
import { EmptyNotice, ErrorNotice, Loading } from '../widgets/notice.tsx';
import { zonedTime } from '../widgets/zoned-time.ts';
import { CausesTable } from './causes-table.tsx';
import { ChainTable } from './chain-table.tsx';
import { NotRunningPane } from './not-running.tsx';
import { SubjectForm } from './subject-form.tsx';
import { TryForm } from './try-form.tsx';
import { WhyHeading } from './why-heading.tsx';
import './why.css';

export function WhyScreen({ log }: { log: LogView }) {
  const { view, resources } = useApp();
  const asked = useStore(view, (v) => v.subject);
  const night = useResource('night.get', { log: log.name });
  const of = asked ?? (night.status === 'ready' ? usualSubject(night.value) : null);
  const params = of === null ? null : { log: log.name, of };
  const why = useResource('why.get', params);
  const names = night.status === 'ready' ? night.value.deliverables.map(({ subject }) => subject) : [];
  const choose = (subject: string): void => view.setState({ subject });
  if (night.status === 'ready' && of === null) {
    return (
      <EmptyNotice title="Nothing in this log has a deadline">
        <p className="dim">Ask about any run or dataset by name.</p>
        <SubjectForm names={names} subject="" onChoose={choose} />
      </EmptyNotice>
    );
  }
  return (
    <div className="why">
      <header className="why-head">
        <h2>Why</h2>
        <SubjectForm key={of ?? ''} names={names} subject={of ?? ''} onChoose={choose} />
      </header>
      {why.status === 'error' && params ? (
        <ErrorNotice
          what="That cannot be answered"
          error={why.error}
          {...(isOfQuestion(why.error) ? {} : { onRetry: () => resources.retry('why.get', params) })}
        />
      ) : null}
      {why.status === 'error' && names.length > 0 ? <OtherSubjects names={names} onChoose={choose} /> : null}
      {why.status === 'loading' ? <Loading what="the critical chain" lines={10} /> : null}
      {why.status === 'ready' ? <Answer key={why.value.taskRun} log={log} why={why.value} /> : null}
    </div>
  );
}

/** Asking the same again would get the same answer. */
const isOfQuestion = ({ code }: ServiceError): boolean => code === 'not-found' || code === 'bad-input';

const OTHERS_SHOWN = 5;

function OtherSubjects({ names, onChoose }: { names: readonly string[]; onChoose: (subject: string) => void }) {
  return (
    <p className="why-others">
      Ask about{' '}
      {names.slice(0, OTHERS_SHOWN).map((name, i) => (
        <span key={name}>
          {i > 0 ? ', ' : ''}
          <button type="button" className="mono link" onClick={() => onChoose(name)}>
            {name}
          </button>
        </span>
      ))}
      .
    </p>
  );
}

/** The latest of the night; null when nothing has a deadline. */
const usualSubject = ({ deliverables }: NightView): string | null => deliverables[0]?.subject ?? null;

interface Asked {
  readonly taskRun: number;
  readonly atUs: number;
}

function Answer({ log, why }: { log: LogView; why: WhyView }) {
  const { replays, view, cursor } = useApp();
  const open = useOpen(log);
  const time = zonedTime(why.zone);
  const replay = useStore(replays.store);
  const own = useMemo(() => why.charges.flatMap(({ change }) => (change === null ? [] : [change])), [why]);
  const [tried, setTried] = useState<readonly ReplayChange[]>([]);
  const [asked, setAsked] = useState<Asked | null>(() => longestWait(why));
  const openPipeline = (pipeline: string): void => {
    cursor.setState({ us: asked === null ? null : Math.round(asked.atUs) });
    view.setState({ screen: 'time', pipeline });
  };
  const at = useResource('why.at', asked === null ? null : { log: log.name, of: asked.taskRun, atUs: asked.atUs });
  useEffect(() => {
    if (own.length + tried.length > 0)
      replays.ask({ log: log.name, taskRun: why.taskRun, changes: [...own, ...tried] });
  }, [replays, log.name, why.taskRun, own, tried]);
  const isMine =
    replay.status !== 'idle' && replay.question.taskRun === why.taskRun && replay.question.log === log.name;
  return (
    <div className="why-columns">
      <section>
        <WhyHeading why={why} time={time} onOpen={() => open.taskRun(why.taskRun, why.landedUs)} />
        {why.chain ? (
          <ChainTable
            chain={why.chain}
            time={time}
            onOpen={open.taskRun}
            onAsk={(taskRun, atUs) => setAsked({ taskRun, atUs })}
          />
        ) : null}
        {why.charges.length > 0 ? (
          <>
            <h2>What each cause did</h2>
            <CausesTable
              why={why}
              replay={isMine ? replay : { status: 'idle' }}
              time={time}
              onCancel={() => replays.cancel()}
              onOpen={open.taskRun}
              log={log}
            />
          </>
        ) : null}
        {why.advice.length > 0 ? (
          <>
            <h2>To know more</h2>
            <ul className="advice">
              {why.advice.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          </>
        ) : null}
      </section>
      <aside aria-label="A moment, and what to try">
        {asked ? <NotRunningPane state={at} time={time} onOpen={openPipeline} /> : null}
        <TryHere log={log} why={why} onTry={(change) => setTried([...tried, change])} />
      </aside>
    </div>
  );
}

/** The middle of the longest wait for something that somebody held. */
function longestWait({ chain }: WhyView): Asked | null {
  const waits = (chain?.links ?? []).flatMap((link) =>
    link.parts.flatMap((part) => (part.holders.length > 0 ? [{ taskRun: link.taskRun, part }] : [])),
  );
  if (waits.length === 0) return null;
  const { taskRun, part } = waits.reduce((a, b) => (lengthOf(b.part) > lengthOf(a.part) ? b : a));
  return { taskRun, atUs: (part.fromUs + part.toUs) / 2 };
}

const lengthOf = ({ fromUs, toUs }: { fromUs: number; toUs: number }): number => toUs - fromUs;

function TryHere({ log, why, onTry }: { log: LogView; why: WhyView; onTry: (change: ReplayChange) => void }) {
  const graph = useResource('log.graph', { log: log.name });
  const pools = (why.chain?.links ?? []).flatMap(({ parts }) =>
    parts.flatMap(({ holders, pool }) => holders.map((h) => ({ name: pool, slots: h.poolSlots }))),
  );
  const distinct = [...new Map(pools.map((pool) => [pool.name, pool])).values()];
  if (why.charges.length === 0) return null;
  return (
    <>
      <h2>Try</h2>
      <TryForm pools={distinct} pipelines={graph.status === 'ready' ? graph.value.pipelines.name : []} onTry={onTry} />
    </>
  );
}
