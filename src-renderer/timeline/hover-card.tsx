// The exact figures of the bar under the pointer.

import { useStore } from 'zustand';
import { formatDuration, msBetween } from '../../shared/base/time.ts';
import {
  type Evidence,
  OUTCOME_NAMES,
  subjectEvidence,
  timeEvidence,
  valueEvidence,
} from '../../shared/model/event.ts';
import { type AttemptView, attemptsOf, ranText } from '../state/attempts.ts';
import { EvidenceMark } from '../widgets/evidence.tsx';
import { formatPlural } from '../widgets/format.ts';
import { type ZonedTime, zonedTime } from '../widgets/zoned-time.ts';
import { Severity } from './bars.ts';
import type { TimelineModel } from './row-list.ts';
import type { TimelineStore } from './timeline-store.ts';

const CARD_PX = { width: 268, height: 190 };

export function HoverCard({ model, store }: { model: TimelineModel; store: TimelineStore }) {
  const hover = useStore(store, (s) => s.hover);
  const { widthPx, heightPx } = useStore(store, (s) => s.viewport);
  if (!hover) return null;
  const left = hover.x + 18 + CARD_PX.width > widthPx ? hover.x - CARD_PX.width - 12 : hover.x + 18;
  const top = Math.max(4, Math.min(hover.y + 30, heightPx - CARD_PX.height));
  return (
    <div className="hover-card" style={{ transform: `translate(${left}px, ${top}px)`, width: CARD_PX.width }}>
      <BarFigures model={model} bar={hover.bar} />
      {hover.others > 0 ? <p className="dim">and {formatPlural(hover.others, 'task run')} more here</p> : null}
    </div>
  );
}

function BarFigures({ model, bar }: { model: TimelineModel; bar: number }) {
  const { timeline, bars, pipelineNames } = model;
  const { times, deadlineUs, task, taskNames, taskPipeline, run, runLogicalKey, pool, poolNames } = timeline;
  const time = zonedTime(timeline.zone);
  const pipeline = pipelineNames[taskPipeline[task[bar]]];
  const name = taskNames[task[bar]];
  const packed = times.evidence[bar];
  const waitMs = msBetween(times.readyUs[bar], times.startedUs[bar]);
  const ranMs = msBetween(times.startedUs[bar], times.endedUs[bar]);
  const attempts = attemptsOf(timeline, bar);
  const key = runLogicalKey[run[bar]] ?? '';
  return (
    <>
      <p className="mono hover-name">{name === pipeline ? name : `${pipeline}.${name}`}</p>
      <p className="dim">
        {[key, poolNames[pool[bar]], OUTCOME_NAMES[times.outcome[bar]]].filter(Boolean).join(' · ')}
        {bars.severity[bar] === Severity.early ? <span className="ink-early"> · read too early</span> : null}
      </p>
      <dl className={attempts.length > 1 ? 'has-attempts' : undefined}>
        <Line label="ready" us={times.readyUs[bar]} time={time} evidence={timeEvidence(packed)} />
        {attempts.length > 1 ? (
          attempts.map((attempt) => <AttemptLines key={attempt.number} attempt={attempt} time={time} />)
        ) : (
          <>
            <Line
              label="started"
              us={times.startedUs[bar]}
              time={time}
              evidence={subjectEvidence(packed)}
              note={Number.isFinite(waitMs) ? `waited ${formatDuration(waitMs)}` : ''}
            />
            <Line
              label="ended"
              us={times.endedUs[bar]}
              time={time}
              note={Number.isFinite(ranMs) ? `ran ${formatDuration(ranMs)}` : ''}
            />
            <Line label="landed" us={times.landedUs[bar]} time={time} evidence={valueEvidence(packed)} />
          </>
        )}
        <Line label="deadline" us={deadlineUs[bar]} time={time} note={lateText(times.landedUs[bar], deadlineUs[bar])} />
      </dl>
    </>
  );
}

function AttemptLines({ attempt, time }: { attempt: AttemptView; time: ZonedTime }) {
  const { label, startedUs, landedUs, startedEvidence, landedEvidence } = attempt;
  return (
    <>
      <Line label={label} us={startedUs} time={time} evidence={startedEvidence} note={ranText(attempt)} />
      <Line label="landed" us={landedUs} time={time} evidence={landedEvidence} />
    </>
  );
}

function lateText(landedUs: number, dueUs: number): string {
  const lateMs = msBetween(dueUs, landedUs);
  if (!Number.isFinite(lateMs)) return '';
  return lateMs > 0 ? `${formatDuration(lateMs)} late` : `${formatDuration(-lateMs)} to spare`;
}

interface LineProps {
  readonly label: string;
  readonly us: number;
  readonly time: ZonedTime;
  readonly evidence?: Evidence;
  readonly note?: string;
}

/** Nothing for what is not there: a card lists what is known. */
function Line({ label, us, time, evidence = 0, note = '' }: LineProps) {
  if (!Number.isFinite(us)) return null;
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        {time.clockSeconds(us)}
        <EvidenceMark evidence={evidence} />
        <span className="dim"> {note}</span>
      </dd>
    </div>
  );
}
