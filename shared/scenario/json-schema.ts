// The JSON Schema of a scenario, made from the schema that reads it. scenario.schema.json beside this file is its
// checked-in copy, for editors; a test holds the two equal.

import * as z from 'zod';
import { scenarioDocument } from './schema/document.ts';

/** JSON Schema, draft 2020-12, of what may be written (before defaults and short forms are filled in). */
export const scenarioJsonSchema = (): object => z.toJSONSchema(scenarioDocument, { io: 'input', reused: 'inline' });
