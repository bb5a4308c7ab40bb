// A scenario in JSON says what the same text says to the YAML reader, and its problems have their lines; what is not
// plain JSON is left to that reader.

import { describe, expect, it } from 'vitest';
import { readJsonDocument } from '../../../../src-main/importers/scenario/json-document.ts';
import { readScenarioText } from '../../../../src-main/importers/scenario/read-scenario-file.ts';
import { readYaml } from '../../../../src-main/importers/scenario/yaml-document.ts';

const TEXT = `{
  "version": 1,
  "pools": {"p": 2},
  "pipelines": {
    "a": {"schedule": {"every": "1h"}, "tasks": {"t": {"duration": "5m", "pool": "p", "priority": -3}}}
  }
}`;

describe('a scenario in JSON', () => {
  it('is what the YAML reader makes of it', () => {
    expect(readJsonDocument(TEXT)?.value).toEqual(readYaml(TEXT).value);
    expect(readScenarioText(TEXT, 'a.json').scenario?.workload.pools[0]).toMatchObject({ name: 'p', slots: 2 });
  });

  it('has its problems located', () => {
    const { problems } = readScenarioText(TEXT.replace('"p": 2', '"p": -2'), 'a.json');
    expect(problems).toMatchObject([{ file: 'a.json', line: 3, severity: 'error' }]);
  });

  it('is left to the YAML reader when it is not plain JSON', () => {
    expect(readJsonDocument('version: 1')).toBeNull();
    expect(readJsonDocument('{version: 1}')).toBeNull();
    expect(readJsonDocument('{"version": 1, "version": 1}')).toBeNull();
    expect(readJsonDocument('{"__proto__": 1}')).toBeNull();
    const twice = readScenarioText(TEXT.replace('"pools"', '"version": 1, "pools"'), 'a.json');
    expect(twice.scenario).toBeNull();
    expect(twice.problems[0].line).toBe(3);
  });
});
