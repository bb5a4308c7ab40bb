// Worker: answers a question about a scenario. Reads it, plans it, plays it or has it played, and adds up: nothing of that
// is done in the host's thread. It may be ended anywhere.

import { MessageChannel, type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { ServiceError } from '../../../shared/api/errors.ts';
import { cancelSource } from '../../../shared/base/cancel.ts';
import type { NightLanding } from '../../../simulations/experiments/history-landings.ts';
import type { ExperimentData, FromExperiment, ToExperiment, Wanted } from './experiment-messages.ts';
import type { PlayerThread } from './player-thread.ts';
import { answerScenario } from './scenario-answers.ts';
import type { FoundLogs, QuestionKind, ScenarioQuestions, Surroundings } from './scenario-questions.ts';

if (parentPort === null) throw new Error('a worker file was run as a program');
const host: MessagePort = parentPort;
const { kind, params, hasLogs } = workerData as ExperimentData;
const stopping = cancelSource();
const waiting = new Map<number, (found: unknown) => void>();
let ids = 0;

host.on('message', (message: ToExperiment) => {
  if (message.type === 'stop') return stopping.cancel();
  waiting.get(message.id)?.(message.found);
  waiting.delete(message.id);
});

try {
  const answer = await answerScenario(kind, params as ScenarioQuestions[typeof kind]['params'], around());
  tell({ type: 'done', answer });
} catch (error) {
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  const told = error instanceof ServiceError ? error.toData() : null;
  tell({ type: 'failed', told, message, stack: stack ?? message });
}

function around(): Surroundings<QuestionKind> {
  return {
    players: startPlayer,
    logs: hasLogs ? async (names) => (await ask({ what: 'logs', names })) as FoundLogs | { reason: string } : null,
    history: async (target) => (hasLogs ? ((await ask({ what: 'history', target })) as NightLanding[]) : []),
    signal: stopping.signal,
    onProgress: (progress) => tell({ type: 'progress', progress }),
    onPart: (answer) => tell({ type: 'part', answer }),
    onPlaying: (isPlaying) => tell({ type: 'playing', isPlaying }),
    isOwnThread: true,
  };
}

/** The host starts it: when this thread is ended, somebody has to end its players. What they fail of, the host hears. */
function startPlayer(): PlayerThread {
  const id = ids++;
  const { port1: own, port2: port } = new MessageChannel();
  tell({ type: 'start player', id, port }, [port]);
  return {
    post: (message) => own.postMessage(message, []),
    listen: (onBatch) => void own.on('message', onBatch),
    // The port closes with it. Closed here, it would let the player end by itself, which a busy host may hear of first.
    end: async () => tell({ type: 'end player', id }),
  };
}

function ask(wanted: Wanted): Promise<unknown> {
  const id = ids++;
  return new Promise((resolve) => {
    waiting.set(id, resolve);
    tell({ type: 'ask', id, wanted });
  });
}

function tell(message: FromExperiment, transfer: MessagePort[] = []): void {
  host.postMessage(message, transfer);
}
