// Plans the sample company's pipelines: names, domains, sizes and what each reads. Deterministic from a seed; every
// draw is keyed by a name, so more pipelines or another size leave the others as they were.

import { randomKey, randomNormal, randomUnit } from '../../../shared/base/random.ts';
import { DOMAINS, type DomainPlan, VARIANTS } from './vocabulary.ts';

export interface CompanySize {
  readonly seed: number;
  readonly pipelines: number;
  /** Task runs a night, met exactly. */
  readonly taskRuns: number;
}

export interface PipelinePlan {
  readonly id: number;
  readonly name: string;
  readonly domain: DomainPlan;
  readonly taskCount: number;
  /** `source` starts by cron and waits for nobody, `triggered` by its inputs, `clock` by cron though it has inputs. */
  readonly start: 'source' | 'triggered' | 'clock';
  /** Pipelines whose dataset it reads; all have lower ids. */
  readonly inputs: readonly number[];
}

/** Pipelines in an order in which every input comes before its reader. */
export function planCompany(size: CompanySize): PipelinePlan[] {
  if (size.pipelines === 0) return [];
  const plans: PipelinePlan[] = [];
  const taskCounts = spreadTasks(size);
  const membersByDomain = new Map<string, number[]>();
  for (const [domain, count] of domainCounts(size.pipelines)) {
    const members: number[] = [];
    membersByDomain.set(domain.name, members);
    for (let i = 0; i < count; i++) {
      const id = plans.length;
      plans.push(planPipeline(size.seed, id, i, domain, taskCounts[id], membersByDomain));
      members.push(id);
    }
  }
  return plans;
}

function planPipeline(
  seed: number,
  id: number,
  index: number,
  domain: DomainPlan,
  taskCount: number,
  members: ReadonlyMap<string, readonly number[]>,
): PipelinePlan {
  const name = pipelineName(domain, index);
  const key = randomKey(seed, 'pipeline', name);
  const inputs = chooseInputs(key, domain, members);
  const byClock = inputs.length > 0 && randomUnit(key, 0) < domain.clockReaders;
  const start = inputs.length === 0 ? 'source' : byClock ? 'clock' : 'triggered';
  return { id, name, domain, taskCount, start, inputs: byClock ? inputs.slice(0, 2) : inputs };
}

function pipelineName(domain: DomainPlan, index: number): string {
  const noun = domain.nouns[index % domain.nouns.length];
  const round = Math.floor(index / domain.nouns.length);
  const variant = VARIANTS[round % VARIANTS.length];
  const lap = Math.floor(round / VARIANTS.length);
  return `${domain.name}.${noun}_${variant}${lap === 0 ? '' : `_${lap + 1}`}`;
}

/** One to four inputs: a few hot datasets of the upstream domains, sometimes an earlier one of its own. */
function chooseInputs(key: number, domain: DomainPlan, members: ReadonlyMap<string, readonly number[]>): number[] {
  const inputs = new Set<number>();
  const wanted = domain.upstream.length === 0 ? 0 : 1 + Math.floor(3.2 * square(randomUnit(key, 1)));
  for (let draw = 0; draw < wanted; draw++) {
    const from = domain.upstream[Math.floor(randomUnit(key, 10 + draw) * domain.upstream.length)];
    const pool = members.get(from) ?? [];
    if (pool.length > 0) inputs.add(pool[Math.floor(pool.length * square(randomUnit(key, 20 + draw)))]);
  }
  const own = members.get(domain.name) ?? [];
  const chained = own.length > 0 && domain.upstream.length > 0 && randomUnit(key, 2) < 0.25;
  if (chained) inputs.add(own[Math.floor(own.length * randomUnit(key, 3))]);
  return [...inputs].sort((a, b) => a - b);
}

function domainCounts(pipelines: number): [DomainPlan, number][] {
  let left = pipelines;
  return DOMAINS.map((domain, i) => {
    const count = i === DOMAINS.length - 1 ? left : Math.min(left, Math.round(pipelines * domain.share));
    left -= count;
    return [domain, count];
  });
}

/** Log-normal sizes, at least one task each, summing to exactly the asked number of task runs. */
function spreadTasks({ seed, pipelines, taskRuns }: CompanySize): number[] {
  const weights = Array.from({ length: pipelines }, (_, i) =>
    Math.exp(0.7 * randomNormal(randomKey(seed, 'size', i), 0)),
  );
  const total = weights.reduce((a, b) => a + b, 0);
  const counts: number[] = [];
  let share = 0;
  let given = 0;
  for (let i = 0; i < pipelines; i++) {
    share += weights[i] / total;
    const upTo = Math.round(share * (taskRuns - pipelines)) + i + 1;
    counts.push(upTo - given);
    given = upTo;
  }
  return counts;
}

const square = (x: number): number => x * x;
