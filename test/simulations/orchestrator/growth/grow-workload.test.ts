// Growth: the right number of the right pipelines, attached as asked, on the same pools; what was there is what it was.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Workload } from '../../../../shared/scenario/workload.ts';
import { growHistory } from '../../../../simulations/orchestrator/growth/grow-history.ts';
import { growWorkload } from '../../../../simulations/orchestrator/growth/grow-workload.ts';
import { scenarioWorkload } from '../../../../simulations/orchestrator/run-plan/scenario-workload.ts';
import { planOf, playerOfPlan, scenarioOf } from '../model/support/play.ts';

const COMPANY = {
  pools: { spark: 4 },
  datasets: { raw: { partitioned: 'daily', rows: 1_000 }, clean: 'daily', paid: 'daily' },
  pipelines: {
    ingest: {
      domain: 'source',
      schedule: '0 1 * * *',
      tasks: { ingest: { duration: { lognormal: { median: '10m', sigma: 0.4 } }, pool: 'spark', writes: 'raw' } },
    },
    cleaning: {
      schedule: { all: 'raw' },
      tasks: {
        a: { duration: { exponential: { mean: '5m' } } },
        b: { duration: '2m', after: 'a', reads: 'raw', writes: 'clean' },
      },
    },
    settle: {
      domain: 'payments',
      schedule: '30 1 * * *',
      tasks: {
        wait: { duration: '1m', reads: 'clean', awaits: 'cleaning.b' },
        book: { duration: { gamma: { shape: 2, scale: '2m' } }, after: 'wait', writes: 'paid' },
        check: { duration: '1m', after: 'book', reads: { dataset: 'paid', offset: '-1d' } },
      },
    },
    refund: { domain: 'payments', schedule: '45 1 * * *', tasks: { refund: { duration: '3m', reads: 'paid' } } },
  },
};

const grownBy = (grow: object, more: object = {}) => {
  const scenario = scenarioOf({ ...COMPANY, ...more, horizon: '2d', grow });
  const grown = scenarioWorkload(scenario, null);
  if (!grown.ok) throw new Error(JSON.stringify(grown.error));
  return grown.value;
};
const names = ({ pipelines }: Workload): string[] => pipelines.map(({ name }) => name);

describe('growth', () => {
  it('copies what it is like, by domain or by name, spread over them, in generations', () => {
    expect(names(grownBy({ pipelines: '+50%', like: 'payments' }).workload).slice(4)).toEqual(['settle+1']);
    expect(names(grownBy({ pipelines: '+250%', like: ['payments'] }).workload).slice(4)).toEqual([
      'settle+1',
      'refund+1',
      'settle+2',
      'refund+2',
      'settle+3',
    ]);
    expect(names(grownBy({ pipelines: '+1%', like: 'ingest' }).workload).slice(4)).toEqual(['ingest+1']);
    expect(grownBy({ pipelines: '+50%' }).added).toBe(2);
    expect(grownBy({ data: '+15%' }).added).toBe(0);
  });

  it('with the same upstreams, a copy reads what its model reads and writes its own', () => {
    const { workload, models, addedUpstreams } = grownBy({ pipelines: '+100%' });
    const copy = workload.pipelines.find(({ name }) => name === 'settle+1');
    expect(copy?.tasks.map(({ writes }) => writes)).toEqual([[], ['paid+1'], []]);
    expect(copy?.tasks[0].reads[0].dataset).toBe('clean');
    expect(copy?.tasks[0].awaits[0].task).toBe('cleaning.b');
    expect(copy?.tasks[2].reads[0].dataset).toBe('paid+1');
    expect(workload.pipelines.find(({ name }) => name === 'cleaning+1')?.schedule).toMatchObject({ datasets: ['raw'] });
    expect(workload.datasets.map(({ name }) => name).sort()).toEqual(
      ['clean', 'clean+1', 'paid', 'paid+1', 'raw', 'raw+1'].sort(),
    );
    expect(models.get('ingest+1')).toBe('ingest');
    expect(models.get('settle+1.book')).toBe('settle.book');
    expect(addedUpstreams).toBe(0);
  });

  it('with new sources, all that is upstream comes with it and is told apart', () => {
    const { workload, added, addedUpstreams } = grownBy({ pipelines: '+50%', like: 'settle', attach: 'new-sources' });
    expect(names(workload).slice(4).sort()).toEqual(['cleaning+1', 'ingest+1', 'settle+1']);
    expect({ added, addedUpstreams }).toEqual({ added: 1, addedUpstreams: 2 });
    const copy = workload.pipelines.find(({ name }) => name === 'settle+1');
    expect(copy?.tasks[0].reads[0].dataset).toBe('clean+1');
    expect(copy?.tasks[0].awaits[0].task).toBe('cleaning+1.b');
    expect(workload.pipelines.find(({ name }) => name === 'cleaning+1')?.schedule).toMatchObject({
      datasets: ['raw+1'],
    });
  });

  it('leaves pools and definitions as they were, and a larger growth has all of a smaller one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 300 }), fc.boolean(), (a, b, isNew) => {
        const attach = isNew ? 'new-sources' : 'same-upstreams';
        const [few, many] = [Math.min(a, b), Math.max(a, b)].map(
          (p) => grownBy({ pipelines: `+${p}%`, attach }).workload,
        );
        const before = scenarioOf({ ...COMPANY, horizon: '2d' }).workload;
        expect(few.pools).toEqual(before.pools);
        expect(few.pipelines.slice(0, before.pipelines.length)).toEqual(before.pipelines);
        const byName = new Map(many.pipelines.map((pipeline) => [pipeline.name, pipeline]));
        if (!isNew) for (const pipeline of few.pipelines) expect(byName.get(pipeline.name)).toEqual(pipeline);
      }),
      { numRuns: 25 },
    );
  });

  it('a name that is taken gets another', () => {
    const pipelines = { ...COMPANY.pipelines, 'refund+1': { schedule: '0 2 * * *', tasks: { x: '1m' } } };
    expect(names(grownBy({ pipelines: '+100%', like: 'refund' }, { pipelines }).workload).at(-1)).toBe('refund++1');
  });

  it('data makes work longer in proportion, and rows more', () => {
    const { workload } = grownBy({ pipelines: '+100%', data: '+20%' });
    const tasks = workload.pipelines.find(({ name }) => name === 'cleaning+1')?.tasks ?? [];
    expect(tasks.map(({ duration }) => duration)).toEqual([
      { kind: 'exponential', meanMs: 360_000 },
      { kind: 'constant', valueMs: 144_000 },
    ]);
    expect(workload.datasets.filter(({ name }) => name.startsWith('raw')).map(({ rows }) => rows)).toEqual([
      1_200, 1_200,
    ]);
  });

  it('moves nothing of what was there but what shares pools with it (causal cone)', () => {
    const started = (grow: object | undefined) => {
      const scenario = scenarioOf({ ...COMPANY, horizon: '2d', ...(grow ? { grow } : {}) });
      const { workload } = growWorkload(scenario.workload, scenario.growth);
      const plan = planOf({ ...scenario, workload });
      const player = playerOfPlan(scenario, plan);
      player.play(0);
      const times = new Map<string, number[]>();
      for (let i = 0; i < plan.taskRuns.count; i++) {
        const task = plan.taskRuns.task[i];
        const pipeline = plan.definitions.pipelines[plan.definitions.pipelineOf[task]].name;
        const key = `${pipeline}.${plan.definitions.tasks[task].name}@${plan.runs.nominalMs[plan.taskRuns.run[i]]}`;
        times.set(key, [player.times.startMs[i], player.times.finishMs[i]]);
      }
      return times;
    };
    const calm = started(undefined);
    const grown = started({ pipelines: '+100%' });
    expect(grown.size).toBe(2 * calm.size);
    // Four slots are enough for both: then nothing at all moves.
    for (const [key, value] of calm) expect(grown.get(key)).toEqual(value);
  });

  it('a negative number of pipelines is refused', () => {
    expect(() => scenarioOf({ ...COMPANY, grow: { pipelines: '-10%' } })).toThrow('growth adds pipelines');
    expect(() => scenarioOf({ ...COMPANY, grow: { like: 'paymens' } })).toThrow('payments');
  });

  it('observed nights: a new task has its model’s times, all of them longer', () => {
    const history = {
      labels: ['settle.book', 'ingest'],
      nights: ['2025-12-23', '2025-12-24'],
      offsets: Int32Array.of(0, 1, 3, 3, 4),
      valuesMs: Float64Array.of(10, 20, 30, 40),
    };
    const grown = growHistory(history, grownBy({ pipelines: '+50%', like: 'settle', data: '+50%' }));
    expect(grown.labels).toEqual(['settle.book', 'ingest', 'settle+1.book']);
    expect([...grown.offsets]).toEqual([0, 1, 3, 4, 4, 5, 5]);
    expect([...grown.valuesMs]).toEqual([15, 30, 45, 15, 60]);
  });
});
