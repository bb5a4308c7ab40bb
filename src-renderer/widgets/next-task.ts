// Work in a task of its own: what one message of the services brings about is cut where the page may answer keys and
// paint in between. Not for waiting: a task comes as soon as the page is free.

/** Runs `work` in a later task; returns the way to have it not run. */
export function inNextTask(work: () => void): () => void {
  // Timers would do, but wait a second each in a page that is not looked at.
  const { port1, port2 } = new MessageChannel();
  port1.addEventListener('message', () => {
    port1.close();
    work();
  });
  port1.start();
  port2.postMessage(null);
  return () => port1.close();
}

export const nextTask = (): Promise<void> => new Promise((resolve) => void inNextTask(resolve));
