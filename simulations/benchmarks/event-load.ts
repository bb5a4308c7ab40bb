// Sends OpenLineage events of a made-up company over connections that are kept, as fast as they are answered. Every
// request waits for its 201, so the rate is that of durable events.

import { Agent, type IncomingMessage, request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

export interface Load {
  readonly url: string;
  readonly key: string;
  readonly events: number;
  readonly batch: number;
  readonly connections: number;
  memoryMb(): number;
  /** CPU time that the server has used. */
  cpuSeconds(): number;
  onStep(text: string): void;
}

export interface LoadFigures {
  readonly events: number;
  readonly batch: number;
  readonly connections: number;
  readonly eventsPerSecond: number;
  /** Of the server, all its threads: what an event costs whatever else runs on the machine. */
  readonly cpuUsPerEvent: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** At the start, at every tenth, and at rest after the end. */
  readonly memoryMb: readonly number[];
  readonly lastSeq: number;
}

const STEPS = 10;
const REST_MS = 3_000;
const PIPELINES = 2_000;
const TASKS = 25;
const FROM_MS = Date.UTC(2025, 11, 25);
const TYPES = ['START', 'RUNNING', 'COMPLETE'] as const;

export async function runLoad(load: Load): Promise<LoadFigures> {
  const agent = new Agent({ keepAlive: true, maxSockets: load.connections });
  const memoryMb = [load.memoryMb()];
  const tookMs: number[] = [];
  let next = 0;
  let done = 0;
  let lastSeq = 0;
  const startedMs = performance.now();
  const startedCpu = load.cpuSeconds();
  const sender = async (): Promise<void> => {
    while (next < load.events) {
      const from = next;
      const to = Math.min(load.events, from + load.batch);
      next = to;
      const sentMs = performance.now();
      lastSeq = Math.max(lastSeq, await send(load, agent, bodyOf(from, to, load.batch)));
      tookMs.push(performance.now() - sentMs);
      done += to - from;
      if (done >= (memoryMb.length * load.events) / STEPS) {
        memoryMb.push(load.memoryMb());
        const rate = Math.round(done / ((performance.now() - startedMs) / 1_000));
        load.onStep(`${done} events, ${rate}/s, ${memoryMb.at(-1)} MB`);
      }
    }
  };
  await Promise.all(Array.from({ length: load.connections }, sender));
  const seconds = (performance.now() - startedMs) / 1_000;
  const cpuSeconds = load.cpuSeconds() - startedCpu;
  agent.destroy();
  await delay(REST_MS);
  memoryMb.push(load.memoryMb());
  tookMs.sort((a, b) => a - b);
  const { events, batch, connections } = load;
  const quantile = (q: number): number => Number((tookMs[Math.floor(q * (tookMs.length - 1))] ?? 0).toFixed(2));
  return {
    events,
    batch,
    connections,
    eventsPerSecond: Math.round(events / seconds),
    cpuUsPerEvent: Math.round((cpuSeconds / events) * 1_000_000),
    p50Ms: quantile(0.5),
    p99Ms: quantile(0.99),
    memoryMb,
    lastSeq,
  };
}

function bodyOf(from: number, to: number, batch: number): string {
  if (batch === 1) return JSON.stringify(eventAt(from));
  return JSON.stringify(Array.from({ length: to - from }, (_, i) => eventAt(from + i)));
}

/** Run after run of three events each; runs of a pipeline share a parent. */
function eventAt(index: number): object {
  const run = Math.floor(index / TYPES.length);
  const pipeline = run % PIPELINES;
  const task = Math.floor(run / PIPELINES) % TASKS;
  const night = Math.floor(run / (PIPELINES * TASKS));
  const date = new Date(FROM_MS + night * 86_400_000).toISOString();
  const nominalTime = { nominalStartTime: date, nominalEndTime: date };
  const parent = { run: { runId: uuid(1, night * PIPELINES + pipeline) }, job: job(pipeline, '') };
  const isLast = index % TYPES.length === TYPES.length - 1;
  const output = { namespace: 'warehouse', name: `p${pipeline}.t${task}` };
  return {
    eventType: TYPES[index % TYPES.length],
    eventTime: new Date(FROM_MS + night * 86_400_000 + index).toISOString(),
    producer: 'https://example.com/load',
    schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent',
    run: { runId: uuid(2, run), facets: { nominalTime, parent } },
    job: job(pipeline, `.t${task}`),
    inputs: task === 0 ? [] : [{ namespace: 'warehouse', name: `p${pipeline}.t${task - 1}` }],
    outputs: isLast ? [{ ...output, outputFacets: { outputStatistics: { rowCount: 1_000 + task } } }] : [output],
  };
}

const job = (pipeline: number, task: string): object => ({ namespace: 'load', name: `p${pipeline}${task}` });

const uuid = (kind: number, number: number): string =>
  `0000000${kind}-0000-7000-8000-${number.toString(16).padStart(12, '0')}`;

/** Resolves with the last seq that the answer names; rejects for anything but 201. */
function send({ url, key }: Load, agent: Agent, body: string): Promise<number> {
  const headers = {
    Authorization: `Bearer ${key}`,
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(body),
  };
  return new Promise((resolve, reject) => {
    const post = request(`${url}/api/v1/lineage`, { method: 'POST', agent, headers }, (response) => {
      textOf(response).then((text) => {
        if (response.statusCode === 201) resolve((JSON.parse(text) as { seq: number }).seq);
        else reject(new Error(`${response.statusCode}: ${text}`));
      }, reject);
    });
    post.on('error', reject);
    post.end(body);
  });
}

async function textOf(response: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of response) text += String(chunk);
  return text;
}
