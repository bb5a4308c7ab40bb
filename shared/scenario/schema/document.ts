// The whole scenario document, version 1: what a YAML file may hold. What it means is resolve/.

import * as z from 'zod';
import { backfill, base, fault, growth, target } from './experiment.ts';
import { orchestrator } from './orchestrator.ts';
import { dataset, pipeline, pool } from './pipeline.ts';
import { choice, count, moment, name, span, strict, zone } from './values.ts';

export const REPLICATIONS_MAX = 1_000_000;

const listOf = <Item extends z.ZodType>(item: Item, what: string) =>
  z.array(item, { error: `a list of ${what} is wanted` }).max(10_000, { error: `more than 10,000 ${what}` });

export const scenarioDocument = strict(
  {
    version: z.literal(1, { error: 'the format’s version is wanted: version: 1' }),
    name: name.optional(),
    seed: count(0).optional(),
    replications: count(1, REPLICATIONS_MAX).optional(),
    start: moment.optional(),
    horizon: span.optional(),
    warmUp: span.optional(),
    snapshot: moment.optional(),
    zone: zone.optional(),
    base: base.optional(),
    resample: choice(['fitted', 'tasks', 'nights'], 'resample').optional(),
    orchestrator: orchestrator.optional(),
    pools: z.record(name, pool, { error: 'pools by name are wanted' }).optional(),
    datasets: z.record(name, dataset, { error: 'datasets by name are wanted' }).optional(),
    pipelines: z.record(name, pipeline, { error: 'pipelines by name are wanted' }).optional(),
    backfills: listOf(backfill, 'backfills').optional(),
    faults: listOf(fault, 'faults').optional(),
    targets: listOf(target, 'targets').optional(),
    grow: growth.optional(),
  },
  'a scenario',
).meta({ title: 'Landfall scenario', description: 'A catalog, an orchestrator model, faults, targets and a seed.' });

export type ScenarioDocument = z.output<typeof scenarioDocument>;
