// The examples of the format's page are scenarios.

import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { readScenarioText } from '../../../src-main/importers/scenario/read-scenario-file.ts';

const page = await readFile(new URL('../../../shared/scenario/README.md', import.meta.url), 'utf8');
const examples = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text]) => text);

describe('the page of the format', () => {
  it('has two examples', () => expect(examples).toHaveLength(2));
  it.each(examples)('%#', (text) => expect(readScenarioText(text, 'README.md').problems).toEqual([]));
});
