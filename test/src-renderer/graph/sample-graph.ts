// A company's graph for tests and looks: domains that feed each other, layered pipelines with hubs, cross-domain reads,
// some of them undeclared, and a few cycles. A function of its arguments.

import type { GraphView } from '../../../shared/api/views.ts';
import { randomKey, randomUnit } from '../../../shared/base/random.ts';

const DOMAINS = ['ingest', 'catalog', 'identity', 'features', 'payments', 'growth', 'recs', 'finance'];
const NOUNS = ['events', 'sessions', 'orders', 'refunds', 'users', 'clicks', 'vectors', 'ledger', 'prices', 'stock'];
const FORMS = ['raw', 'daily', 'hourly', 'joined', 'clean', 'agg', 'snapshot', 'export', 'features', 'train'];

export interface SampleOptions {
  readonly seed: number;
  readonly pipelines: number;
  readonly datasetsPerPipeline?: number;
  readonly domains?: number;
}

export function sampleGraph(options: SampleOptions): GraphView {
  const { seed, pipelines, datasetsPerPipeline = 1.25, domains = DOMAINS.length } = options;
  let draws = 0;
  const key = randomKey(seed, 'sample graph');
  const unit = (): number => randomUnit(key, draws++);
  const below = (n: number): number => Math.floor(unit() * n);

  const domainOf = Int32Array.from({ length: pipelines }, () =>
    Math.min(domains - 1, Math.floor(domains * unit() * (0.6 + 0.4 * unit()))),
  );
  const domain = Array.from(domainOf, (d) => DOMAINS[d] ?? `domain_${d}`);
  const name = domain.map((text, i) => `${text}.${NOUNS[below(NOUNS.length)]}_${FORMS[below(FORMS.length)]}_${i}`);

  const writes = { pipeline: [] as number[], dataset: [] as number[] };
  const datasetNames: string[] = [];
  for (let p = 0; p < pipelines; p++) {
    let left = datasetsPerPipeline;
    while (unit() < left) {
      writes.pipeline.push(p);
      writes.dataset.push(datasetNames.length);
      datasetNames.push(`${name[p]}${left < datasetsPerPipeline ? `_part${datasetNames.length}` : ''}`);
      left -= 1;
    }
  }
  const reads = { pipeline: [] as number[], dataset: [] as number[], declared: [] as number[] };
  const known = new Set<number>();
  const read = (pipeline: number, dataset: number): void => {
    if (known.has(pipeline * 1e6 + dataset)) return;
    known.add(pipeline * 1e6 + dataset);
    reads.pipeline.push(pipeline);
    reads.dataset.push(dataset);
    reads.declared.push(unit() < 0.97 ? 1 : 0);
  };
  for (let i = 0; i < writes.pipeline.length; i++) {
    const writer = writes.pipeline[i];
    // Most datasets have a reader or two, a few have dozens.
    const readers = unit() < 0.008 ? 12 + below(30) : below(4);
    for (let r = 0; r < readers; r++) {
      const reader = below(pipelines);
      const near = domainOf[reader] === domainOf[writer] && reader > writer && reader - writer < pipelines / 4 + 2;
      const onward = domainOf[reader] > domainOf[writer] && unit() < 0.05;
      const back = unit() < 0.002;
      if (near || onward || back) read(reader, writes.dataset[i]);
      else r -= unit() < 0.97 ? 1 : 0;
    }
  }
  const direct = { from: [] as number[], to: [] as number[] };
  for (let i = 0; i < pipelines / 50; i++) {
    const from = below(pipelines);
    const to = below(pipelines);
    if (from < to) {
      direct.from.push(from);
      direct.to.push(to);
    }
  }
  return {
    pipelines: {
      namespace: domain.map(() => 'sample'),
      name,
      domain,
      owner: domain.map((text) => `@${text}`),
      schedule: domain.map(() => (unit() < 0.2 ? '45 0 * * *' : '@daily')),
      taskCount: Int32Array.from(domain, () => 1 + below(48)),
      hasDeadline: Uint8Array.from(domain, () => (unit() < 0.02 ? 1 : 0)),
    },
    datasets: { namespace: datasetNames.map(() => 'sample'), name: datasetNames },
    writes: { pipeline: Int32Array.from(writes.pipeline), dataset: Int32Array.from(writes.dataset) },
    reads: {
      pipeline: Int32Array.from(reads.pipeline),
      dataset: Int32Array.from(reads.dataset),
      declared: Uint8Array.from(reads.declared),
    },
    direct: { from: Int32Array.from(direct.from), to: Int32Array.from(direct.to) },
  };
}
