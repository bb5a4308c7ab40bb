// What stands on a workspace's ledger while it is open: the partition index (from the newest snapshot and the records
// after it), the commands, and the feed of the read model; and the snapshots for the next start.
// Closed before the workspace is, except for what the ledger still writes then.

import type { Problem } from '../../shared/base/problem.ts';
import { LedgerStore, type LedgerStoreOptions } from './commands/ledger-store.ts';
import { Feed } from './feed/feed.ts';
import type { PartitionIndex } from './partitions/partition-index.ts';
import { readSnapshot, takeSnapshot } from './partitions/snapshot.ts';
import type { Workspace } from './workspace.ts';

/** Records between two snapshots, and how many make one worth while at the end: fewer are read in a blink. */
const SNAPSHOT_EVERY = 1_000_000;
const SNAPSHOT_AT_END = 50_000;

export interface LiveLedgerOptions extends Omit<LedgerStoreOptions, 'index'> {
  /** Something that goes on without: a snapshot that was not written, a feed that stopped. */
  readonly onFault: (fault: unknown, where: string) => void;
}

export class LiveLedger {
  readonly commands: LedgerStore;
  readonly feed: Feed;
  /** Snapshots that could not be used, a clock that is behind. */
  readonly problems: readonly Problem[];
  readonly #workspace: Workspace;
  readonly #onFault: LiveLedgerOptions['onFault'];
  readonly #stopListening: () => void;
  #snapshotSeq: number;
  #snapshot: Promise<void> | null = null;

  static async open(workspace: Workspace, options: LiveLedgerOptions): Promise<LiveLedger> {
    const { index, problems } = await indexOf(workspace, options.onFault);
    const snapshotSeq = index?.asOfSeq ?? 0;
    const commands = await LedgerStore.open(workspace.ledger, { ...options, ...(index === null ? {} : { index }) });
    return new LiveLedger(workspace, commands, { ...options, snapshotSeq, problems });
  }

  private constructor(
    workspace: Workspace,
    commands: LedgerStore,
    options: LiveLedgerOptions & { readonly snapshotSeq: number; readonly problems: readonly Problem[] },
  ) {
    this.#workspace = workspace;
    this.#onFault = options.onFault;
    this.#snapshotSeq = options.snapshotSeq;
    this.problems = [...options.problems, ...commands.problems];
    this.commands = commands;
    this.feed = new Feed({
      source: workspace.ledger,
      target: workspace.feedTarget(),
      ids: commands.index,
      onFault: (fault) => options.onFault(fault, 'feeding the read model'),
    });
    this.feed.start();
    this.#stopListening = workspace.ledger.onDurable(() => this.#keepSnapshots());
  }

  /** The read model holds all that is durable now. */
  caughtUp(): Promise<void> {
    return this.feed.caughtUp(this.commands.lastSeq);
  }

  /** Stops what stands on the ledger; the ledger itself is the workspace's to close. */
  async close(): Promise<void> {
    this.#stopListening();
    this.commands.close();
    await this.feed.stop();
    await this.#snapshot;
    if (this.#workspace.ledger.lastSeq - this.#snapshotSeq >= SNAPSHOT_AT_END) await this.#writeSnapshot();
  }

  /** After the workspace was closed: until then the ledger may still finish a write. */
  detach(): void {
    this.commands.detach();
  }

  #keepSnapshots(): void {
    if (this.#snapshot !== null || this.commands.lastSeq - this.#snapshotSeq < SNAPSHOT_EVERY) return;
    this.#snapshot = this.#writeSnapshot().then(() => {
      this.#snapshot = null;
    });
  }

  async #writeSnapshot(): Promise<void> {
    const { seq, chunks, release } = takeSnapshot(this.commands.index);
    try {
      await this.#workspace.ledger.writeSnapshot(seq, chunks);
    } catch (fault) {
      this.#onFault(fault, 'writing a snapshot');
    } finally {
      // One that failed is not tried again at every record.
      this.#snapshotSeq = seq;
      release();
    }
  }
}

async function indexOf(
  { ledger }: Workspace,
  onFault: LiveLedgerOptions['onFault'],
): Promise<{ index: PartitionIndex | null; problems: readonly Problem[] }> {
  const { snapshot, problems } = await ledger.newestSnapshot();
  if (snapshot === null) return { index: null, problems };
  try {
    return { index: await readSnapshot(snapshot.chunks), problems };
  } catch (fault) {
    // Of another format: the ledger is read instead.
    onFault(fault, 'reading a snapshot');
    return { index: null, problems };
  }
}
