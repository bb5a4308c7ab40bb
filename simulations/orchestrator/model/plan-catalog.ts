// The definitions of a run plan as a catalog: what a log of its play is read with. Task ids are the plan's.

import type { Catalog } from '../../../shared/model/catalog.ts';
import { catalogOfDefinitions } from '../run-plan/catalog-of.ts';
import type { PlanDefinitions } from '../run-plan/definitions.ts';

export const catalogOfPlan = (defs: PlanDefinitions): Catalog => catalogOfDefinitions(defs, 'scenario');
