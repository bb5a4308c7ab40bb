// The checked-in JSON Schema is the one that the reading schema makes (`vitest -u` writes it anew), and it is a schema
// that an editor can use: self-contained, with its quantities described.

import { describe, expect, it } from 'vitest';
import { scenarioJsonSchema } from '../../../shared/scenario/json-schema.ts';

describe('the JSON Schema of scenarios', () => {
  it('is current', async () => {
    const text = `${JSON.stringify(scenarioJsonSchema(), null, 2)}\n`;
    await expect(text).toMatchFileSnapshot('../../../shared/scenario/scenario.schema.json');
  });

  it('refers to nothing outside itself', () => {
    const text = JSON.stringify(scenarioJsonSchema());
    const targets = [...text.matchAll(/"\$ref":"([^"]+)"/g)].map(([, target]) => target);
    const defs = Object.keys((scenarioJsonSchema() as { $defs: object }).$defs);
    expect(targets.length).toBeGreaterThan(10);
    expect(new Set(targets)).toEqual(
      new Set(defs.filter((name) => targets.includes(`#/$defs/${name}`)).map((name) => `#/$defs/${name}`)),
    );
    expect(defs).toContain('span');
  });
});
