// The host's side of an experiment in a thread of its own: starts that thread and the players it asks for, passes progress
// on, and looks up what only the host knows. To cancel is to end all of them, wherever they are: they share nothing with
// the host but columns that they made. Who wants what there is so far gets it, while there are players to wait for.

import { join } from 'node:path';
import { type MessagePort, Worker } from 'node:worker_threads';
import { CancelledError, type CancelSignal } from '../../../shared/base/cancel.ts';
import type { ExperimentData, FromExperiment, ToExperiment, Wanted } from './experiment-messages.ts';
import { PULSE_MS } from './player-thread.ts';
import { failure } from './run-job.ts';
import type { HistorySource, LogSource, QuestionKind, ScenarioQuestions } from './scenario-questions.ts';

export interface ThreadOptions<N extends QuestionKind> {
  /** Where the built workers are. */
  readonly workersDir: string;
  readonly logs: LogSource | null;
  readonly history: HistorySource;
  readonly signal: CancelSignal;
  readonly onProgress: (progress: ScenarioQuestions[N]['progress']) => void;
  /** Cancelled, answer with what there is, where there is something; else reject at once. */
  readonly wantsPart: boolean;
}

/** As a job (run-job.ts): most of what a plan is made of lives as long as it. */
const YOUNG_MB = 192;
/** How long an answer so far may take to be added up; then it is given up. */
const PART_MS = 2_000;

/** Rejects with CancelledError when cancelled, and with the thread's own error (or ServiceError) when it failed. */
export const askInThread = <N extends QuestionKind>(
  kind: N,
  params: ScenarioQuestions[N]['params'],
  options: ThreadOptions<N>,
): Promise<ScenarioQuestions[N]['answer']> => {
  if (options.signal.cancelled) return Promise.reject(new CancelledError());
  return new ExperimentThread({ kind, params, hasLogs: options.logs !== null }, options).answer;
};

class ExperimentThread<N extends QuestionKind> {
  readonly answer: Promise<ScenarioQuestions[N]['answer']>;
  readonly #options: ThreadOptions<N>;
  readonly #worker: Worker;
  readonly #players = new Map<number, Worker>();
  /** Players that were ended before the rest. */
  readonly #ended: Promise<number>[] = [];
  /** See run-job.ts. */
  readonly #pulse = setInterval(() => {}, PULSE_MS);
  readonly #stopListening: () => void;
  #part: ScenarioQuestions[N]['answer'] | null = null;
  #isPlaying = false;
  #isEnding = false;
  #resolve: (answer: ScenarioQuestions[N]['answer']) => void = () => {};
  #reject: (error: Error) => void = () => {};

  constructor(data: ExperimentData, options: ThreadOptions<N>) {
    this.#options = options;
    this.answer = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    this.#worker = new Worker(join(options.workersDir, 'experiment.worker.js'), {
      workerData: data,
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
    });
    this.#worker.on('message', (message: FromExperiment) => this.#hear(message));
    this.#watch(this.#worker);
    this.#stopListening = options.signal.onCancel(() => this.#cancel());
  }

  #hear(message: FromExperiment): void {
    if (this.#isEnding) return;
    switch (message.type) {
      case 'progress':
        this.#options.onProgress(message.progress as ScenarioQuestions[N]['progress']);
        return;
      case 'part':
        this.#part = message.answer as ScenarioQuestions[N]['answer'];
        return;
      case 'playing':
        this.#isPlaying = message.isPlaying;
        return;
      case 'ask':
        void this.#find(message.id, message.wanted);
        return;
      case 'start player':
        this.#startPlayer(message.id, message.port);
        return;
      case 'end player':
        this.#endPlayer(message.id);
        return;
      case 'done':
        this.#finish(message.answer as ScenarioQuestions[N]['answer']);
        return;
      case 'failed':
        void this.#end().then(() => this.#reject(failure(message)));
    }
  }

  /** As in run-job.ts, once the threads have ended; but who cancelled waits for no more than the answer. */
  #finish(answer: ScenarioQuestions[N]['answer']): void {
    const ended = this.#end();
    if (this.#options.signal.cancelled) this.#resolve(answer);
    else void ended.then(() => this.#resolve(answer));
  }

  #startPlayer(id: number, port: MessagePort): void {
    const { workersDir } = this.#options;
    const player = new Worker(join(workersDir, 'replicate.worker.js'), { workerData: { port }, transferList: [port] });
    this.#players.set(id, player);
    this.#watch(player);
  }

  #endPlayer(id: number): void {
    const player = this.#players.get(id);
    this.#players.delete(id);
    if (player !== undefined) this.#ended.push(player.terminate());
  }

  /** Any of them that fails, or ends by itself, ends all. */
  #watch(worker: Worker): void {
    worker.on('error', (error) => this.#fail(error));
    worker.on('exit', (code) => {
      const isWanted = worker === this.#worker || [...this.#players.values()].includes(worker);
      if (isWanted) this.#fail(new Error(`a thread of the experiment ended with code ${code} and no answer`));
    });
  }

  #fail(error: Error): void {
    if (this.#isEnding) return;
    void this.#end();
    this.#reject(error);
  }

  async #find(id: number, wanted: Wanted): Promise<void> {
    const { logs, history } = this.#options;
    try {
      const found = wanted.what === 'logs' ? await logs?.(wanted.names) : await history(wanted.target);
      if (this.#isEnding) return;
      const message: ToExperiment = { type: 'found', id, found };
      this.#worker.postMessage(message, []);
    } catch (error) {
      this.#fail(error instanceof Error ? error : new Error(String(error)));
    }
  }

  #cancel(): void {
    if (this.#isEnding) return;
    if (this.#options.wantsPart && this.#isPlaying) {
      const stop: ToExperiment = { type: 'stop' };
      this.#worker.postMessage(stop, []);
      setTimeout(() => this.#giveUp(), PART_MS).unref();
    } else this.#giveUp();
  }

  /** Settles before the threads have ended: what they are in the middle of is nobody's business any more. */
  #giveUp(): void {
    if (this.#isEnding) return;
    void this.#end();
    if (this.#options.wantsPart && this.#part !== null) this.#resolve(this.#part);
    else this.#reject(new CancelledError());
  }

  async #end(): Promise<void> {
    this.#isEnding = true;
    this.#stopListening();
    const left = [this.#worker, ...this.#players.values()];
    await Promise.all([...this.#ended, ...left.map((worker) => worker.terminate())]);
    clearInterval(this.#pulse);
  }
}
