// The rows of the timeline from top to bottom: pipelines in a chosen order, and under an opened pipeline its tasks.

import type { TimelineView } from '../../shared/api/views.ts';
import type { TimeSpan } from '../state/cursor.ts';
import type { BarIndex } from './bar-index.ts';
import type { Bars } from './bars.ts';
import { cutName } from './cut-name.ts';
import { charactersIn, neededPx, PIPELINE_INDENT_PX, TASK_INDENT_PX } from './names-width.ts';

export const ROW_ORDERS = ['start', 'name', 'wait'] as const;
export type RowOrder = (typeof ROW_ORDERS)[number];

/** Everything of a log that rows are made of; made once a log. */
export interface TimelineModel {
  readonly timeline: TimelineView;
  readonly bars: Bars;
  readonly pipelineNames: readonly string[];
  readonly byPipeline: BarIndex;
  readonly byTask: BarIndex;
  /** The tasks of pipeline p: tasks[taskOffsets[p] … taskOffsets[p + 1]). */
  readonly taskOffsets: Int32Array;
  readonly tasks: Int32Array;
}

export interface RowList {
  /** The pipeline of each row. */
  readonly pipeline: Int32Array;
  /** The task of a task row; -1 for the row of a whole pipeline. */
  readonly task: Int32Array;
}

/** `shown`: the pipelines to show, null for all. Pipelines without a drawn bar are left out. */
export function rowList(
  model: TimelineModel,
  order: RowOrder,
  opened: ReadonlySet<number>,
  shown: ReadonlySet<number> | null,
): RowList {
  const pipelines: number[] = [];
  const tasks: number[] = [];
  for (const pipeline of orderedPipelines(model, order)) {
    if (shown && !shown.has(pipeline)) continue;
    pipelines.push(pipeline);
    tasks.push(-1);
    if (!opened.has(pipeline)) continue;
    for (const task of tasksByStart(model, pipeline)) {
      pipelines.push(pipeline);
      tasks.push(task);
    }
  }
  return { pipeline: Int32Array.from(pipelines), task: Int32Array.from(tasks) };
}

/** The index and row of that index where the bars of a display row stand. */
export const barsOfRow = (model: TimelineModel, rows: RowList, row: number): { index: BarIndex; row: number } =>
  rows.task[row] >= 0
    ? { index: model.byTask, row: rows.task[row] }
    : { index: model.byPipeline, row: rows.pipeline[row] };

/** The display row of a pipeline, or -1. */
export function rowOfPipeline(rows: RowList, pipeline: number): number {
  for (let row = 0; row < rows.pipeline.length; row++) {
    if (rows.pipeline[row] === pipeline && rows.task[row] < 0) return row;
  }
  return -1;
}

/** From the first begin to the last close of a pipeline; null when none of its bars is drawn. */
export function spanOfPipeline({ byPipeline, bars }: TimelineModel, pipeline: number): TimeSpan | null {
  const first = byPipeline.offsets[pipeline];
  const end = byPipeline.offsets[pipeline + 1];
  if (!(end > first)) return null;
  return { fromUs: bars.beginUs[byPipeline.bars[first]], toUs: byPipeline.reachUs[end - 1] };
}

export function rowLabel(model: TimelineModel, rows: RowList, row: number): string {
  const task = rows.task[row];
  return task >= 0 ? model.timeline.taskNames[task] : model.pipelineNames[rows.pipeline[row]];
}

const indentPx = (rows: RowList, row: number): number => (rows.task[row] >= 0 ? TASK_INDENT_PX : PIPELINE_INDENT_PX);

/** As much of a row's name as a column has room for. */
export function cutRowLabel(model: TimelineModel, rows: RowList, row: number, namesPx: number): string {
  const above = rows.task[row] >= 0 ? model.pipelineNames[rows.pipeline[row]] : '';
  return cutName(rowLabel(model, rows, row), charactersIn(namesPx, indentPx(rows, row)), above);
}

/** The width that no name has to be cut for. */
export function neededNamesPx(model: TimelineModel, rows: RowList): number {
  let needed = 0;
  for (let row = 0; row < rows.pipeline.length; row++) {
    needed = Math.max(needed, neededPx(rowLabel(model, rows, row).length, indentPx(rows, row)));
  }
  return needed;
}

function orderedPipelines(model: TimelineModel, order: RowOrder): number[] {
  const { byPipeline, bars, pipelineNames } = model;
  const rows: number[] = [];
  for (let p = 0; p < pipelineNames.length; p++) if (byPipeline.offsets[p + 1] > byPipeline.offsets[p]) rows.push(p);
  if (order === 'name') return rows.sort((a, b) => compareText(pipelineNames[a], pipelineNames[b]) || a - b);
  const key = order === 'start' ? firstBegin(model) : longestWait(model);
  const sign = order === 'start' ? 1 : -1;
  return bars.count === 0 ? rows : rows.sort((a, b) => sign * (key[a] - key[b]) || a - b);
}

const firstBegin = ({ byPipeline, bars, pipelineNames }: TimelineModel): Float64Array =>
  Float64Array.from(pipelineNames, (_, p) => bars.beginUs[byPipeline.bars[byPipeline.offsets[p]]]);

function longestWait({ byPipeline, bars, pipelineNames, timeline }: TimelineModel): Float64Array {
  return Float64Array.from(pipelineNames, (_, p) => {
    let longest = 0;
    for (let at = byPipeline.offsets[p]; at < byPipeline.offsets[p + 1]; at++) {
      const bar = byPipeline.bars[at];
      const wait = bars.startUs[bar] - timeline.times.readyUs[bar];
      if (wait > longest) longest = wait;
    }
    return longest;
  });
}

function tasksByStart({ tasks, taskOffsets, byTask, bars }: TimelineModel, pipeline: number): number[] {
  const begin = (task: number): number =>
    byTask.offsets[task + 1] > byTask.offsets[task]
      ? bars.beginUs[byTask.bars[byTask.offsets[task]]]
      : Number.POSITIVE_INFINITY;
  return [...tasks.subarray(taskOffsets[pipeline], taskOffsets[pipeline + 1])].sort(
    (a, b) => compare(begin(a), begin(b)) || a - b,
  );
}

const compare = (a: number, b: number): number => (a < b ? -1 : a > b ? 1 : 0);
const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
