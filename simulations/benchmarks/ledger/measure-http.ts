// Durable finalizes a second over HTTP: writers in this process, the server (`landfall serve`) in one of its own, each
// writer with one connection that it keeps. Needs the built command line (`npm run build`).

import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { isBuilt, withServer } from '../served-workspace.ts';
import { inFolder, type Latency, latencyOf } from './figures.ts';

export interface HttpFigures extends Latency {
  readonly writers: number;
  readonly finalizes: number;
  readonly perSecond: number;
}

/** null where the command line is not built. */
export async function measureHttp(parent: string, writers: number, total: number): Promise<HttpFigures | null> {
  if (!isBuilt()) return null;
  return inFolder(parent, (dir) =>
    withServer(join(dir, 'live'), ({ url, key }) => load(new Caller(url, key, writers), writers, total)),
  );
}

class Caller {
  readonly #url: string;
  readonly #key: string;
  readonly #agent: Agent;

  constructor(url: string, key: string, connections: number) {
    this.#url = url;
    this.#key = key;
    this.#agent = new Agent({ keepAlive: true, maxSockets: connections });
  }

  post(command: string, body: object): Promise<void> {
    const text = JSON.stringify(body);
    const headers = {
      authorization: `Bearer ${this.#key}`,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(text),
    };
    return new Promise((resolve, reject) => {
      const sent = request(
        `${this.#url}/api/v1/partitions/${command}`,
        { method: 'POST', agent: this.#agent, headers },
        (response) => {
          response.resume();
          response.on('end', () => {
            if (response.statusCode === 200) resolve();
            else reject(new Error(`${command}: status ${response.statusCode}`));
          });
        },
      );
      sent.on('error', reject);
      sent.end(text);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}

async function load(caller: Caller, writers: number, total: number): Promise<HttpFigures> {
  const each = Math.ceil(total / writers);
  const nameOf = (writer: number, i: number) => ({ namespace: 'w', dataset: `table ${writer}`, partition: `n=${i}` });
  const all = async (work: (writer: number) => Promise<void>): Promise<void> =>
    void (await Promise.all(Array.from({ length: writers }, (_, writer) => work(writer))));
  await all(async (writer) => {
    for (let i = 0; i < each; i++) {
      await caller.post('open', { ...nameOf(writer, i), run: `run ${writer}`, attempt: 1 });
    }
  });
  const took = new Float64Array(each * writers);
  let done = 0;
  const from = performance.now();
  await all(async (writer) => {
    for (let i = 0; i < each; i++) {
      const outputs = [{ ...nameOf(writer, i), token: 1, metrics: { rowCount: i } }];
      const sent = performance.now();
      await caller.post('finalize', { run: `run ${writer}`, outputs });
      took[done++] = performance.now() - sent;
    }
  });
  const perSecond = done / ((performance.now() - from) / 1_000);
  caller.close();
  return { writers, finalizes: done, perSecond, ...latencyOf(took) };
}
