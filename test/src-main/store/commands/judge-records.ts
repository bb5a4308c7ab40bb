// The lifecycle's rules over a finished list of records, written from the text of LEDGER and not from the code: each
// finding names the rule that it breaks. Commands refuse what would break one, so a ledger of commands has none.

import type { LedgerRecord, PartitionName } from '../../../../shared/model/ledger.ts';

interface Version {
  readonly run: string;
  state: 'open' | 'whole' | 'ended';
  isChecked: boolean;
  isPublished: boolean;
  lastUs: number;
}

export class RecordJudge {
  readonly findings: string[] = [];
  readonly #partitions = new Map<string, Version[]>();
  readonly #gated: ReadonlySet<string>;
  readonly #toleranceUs: number;

  constructor(gatedDatasets: readonly string[], toleranceUs: number) {
    this.#gated = new Set(gatedDatasets);
    this.#toleranceUs = toleranceUs;
  }

  /** The newest whole version of a partition so far; 0 for none. */
  readable(name: PartitionName): number {
    return this.#of(name).findLastIndex(({ state }) => state === 'whole') + 1;
  }

  take(record: LedgerRecord): void {
    if (record.kind === 'opened') return this.#opened(record);
    if (record.kind === 'finalized') {
      for (const output of record.outputs) this.#finalized(output, record.run, record.atUs);
      return;
    }
    if (record.kind === 'declared' || record.kind === 'observed') return;
    if (record.kind === 'heartbeats') {
      for (const name of record.versions) if (!this.#version(name)) this.findings.push('one-owner: a beat of nothing');
      return;
    }
    const version = this.#version(record);
    if (!version) return void this.findings.push(`one-owner: ${record.kind} of a version that was never opened`);
    this.#forward(version, record.atUs);
    if (record.kind === 'published') {
      if (version.state !== 'whole') this.findings.push('publish-after-finalize');
      if (version.isPublished) this.findings.push('publish-after-finalize: twice');
      version.isPublished = true;
      return;
    }
    if (record.kind === 'marker') return;
    if (version.state !== 'open') this.findings.push(`no-write-after-end: ${record.kind}`);
    if (this.#of(record).length > record.version) this.findings.push(`one-owner: ${record.kind} after a newer open`);
    if (record.kind === 'checked' && record.passed) version.isChecked = true;
    else version.state = 'ended';
  }

  #opened(record: Extract<LedgerRecord, { kind: 'opened' }>): void {
    const versions = this.#of(record);
    if (record.version !== versions.length + 1) this.findings.push('versions-increase');
    const last = versions.at(-1);
    if (last?.state === 'open') {
      if (record.closed?.version !== versions.length) this.findings.push('one-owner: opened beside a live writer');
      last.state = 'ended';
    }
    const { run, atUs } = record;
    versions.push({ run, state: 'open', isChecked: false, isPublished: false, lastUs: atUs });
  }

  #finalized(output: PartitionName & { version: number }, run: string, atUs: number): void {
    const version = this.#version(output);
    if (!version) return void this.findings.push('one-owner: finalized and never opened');
    if (version.state === 'whole') this.findings.push('finalize-once');
    if (version.state === 'ended') this.findings.push('no-write-after-end: finalized');
    if (version.run !== run) this.findings.push('one-owner: finalized by another run');
    if (this.#of(output).length > output.version) this.findings.push('one-owner: finalized after a newer open');
    if (this.#gated.has(output.dataset) && !version.isChecked) this.findings.push('checked-first');
    this.#forward(version, atUs);
    version.state = 'whole';
  }

  #forward(version: Version, atUs: number): void {
    if (atUs < version.lastUs - this.#toleranceUs) this.findings.push('time-goes-forward');
    version.lastUs = Math.max(version.lastUs, atUs);
  }

  #version(name: PartitionName & { version: number }): Version | undefined {
    return this.#of(name)[name.version - 1];
  }

  #of({ dataset, partition }: PartitionName): Version[] {
    const key = `${dataset} ${partition}`;
    const there = this.#partitions.get(key) ?? [];
    this.#partitions.set(key, there);
    return there;
  }
}
