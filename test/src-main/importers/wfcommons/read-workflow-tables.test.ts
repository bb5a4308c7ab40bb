import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { formatProblem } from '../../../../shared/base/problem.ts';
import { readWorkflowTables } from '../../../../src-main/importers/wfcommons/read-workflow-tables.ts';

const WORKFLOWS = `workflow,system,application,tasks,makespan_s,executed_at,schema_version
rain-1,pegasus,rain,2,70.5,20200401T054215+0000,1.5
rain-2,pegasus,rain,1,9,04-09-20T00:00:00Z,1.5
alone-1,nextflow,,1,5,2023-03-29T15:45:52-10:00,1.5
`;
const TASKS = `workflow,task_id,name,runtime_s,cores
rain-1,a,a,1.25,
rain-1,b,b,60,
rain-2,a,a,8,
alone-1,x,x,0,2
`;
const EDGES = 'workflow,parent,child\nrain-1,a,b\n';
const machines = (...cores: readonly number[]): string =>
  JSON.stringify({ workflow: { execution: { machines: cores.map((coreCount) => ({ cpu: { coreCount } })) } } });

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'landfall-wfcommons-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Writes the three tables, some of them in other words, and reads them. */
async function read(over: { workflows?: string; tasks?: string; edges?: string } = {}) {
  writeFileSync(join(folder, 'all_workflows.csv'), over.workflows ?? WORKFLOWS);
  writeFileSync(join(folder, 'all_tasks.csv.gz'), gzipSync(over.tasks ?? TASKS));
  writeFileSync(join(folder, 'all_edges.csv.gz'), gzipSync(over.edges ?? EDGES));
  const { workflows, problems } = await readWorkflowTables(folder);
  return { workflows, told: problems.problems.map((p) => formatProblem(p).replace(`${folder}/`, '')) };
}

describe('flattened WfInstances tables', () => {
  it('become workflows, packed or not', async () => {
    const { workflows, told } = await read();
    expect(told).toEqual([]);
    expect(workflows.map(({ name, application }) => [name, application])).toEqual([
      ['rain-1', 'rain'],
      ['rain-2', 'rain'],
      ['alone-1', 'nextflow'],
    ]);
    expect(workflows[0]).toEqual({
      name: 'rain-1',
      application: 'rain',
      executedAtMs: Date.UTC(2020, 3, 1, 5, 42, 15),
      makespanMs: 70_500,
      runtimeMs: Int32Array.of(1_250, 60_000),
      parent: Int32Array.of(0),
      child: Int32Array.of(1),
      cores: null,
    });
  });

  it('have the cores of their own file, else of the run of their application nearest in time', async () => {
    const third = WORKFLOWS.replace('alone-1', 'rain-3,pegasus,rain,1,9,20200408T000000+0000,1.5\nalone-1');
    writeFileSync(join(folder, 'rain-1.json'), machines(48, 48));
    writeFileSync(join(folder, 'rain-2.json.gz'), gzipSync(machines(16)));
    const { workflows } = await read({ workflows: third, tasks: `${TASKS}rain-3,a,a,8,\n` });
    expect(workflows.map(({ name, cores }) => [name, cores])).toEqual([
      ['rain-1', 96],
      ['rain-2', 16],
      ['rain-3', 16],
      ['alone-1', null],
    ]);
  });

  it('say where a machine file is no use, and leave the cores unknown', async () => {
    writeFileSync(join(folder, 'rain-1.json'), '{"workflow": {');
    writeFileSync(join(folder, 'rain-2.json'), machines());
    const { workflows, told } = await read();
    expect(workflows.map(({ cores }) => cores)).toEqual([null, null, null]);
    expect(told).toEqual([
      expect.stringMatching(/^rain-1\.json:1: /),
      expect.stringMatching(/^rain-2\.json: no machine/),
    ]);
  });
});

describe('bad tables', () => {
  it('are located, row by row, and the rest is read', async () => {
    const { workflows, told } = await read({
      workflows: `${WORKFLOWS}rain-1,p,rain,2,70,20200401T054215+0000,1.5\nrain-8,p,rain,1,-3,20200401T054215+0000,1\nrain-9,p,rain,1,3,soon,1\n"a",b\n`,
      tasks: `${TASKS}ghost,a,a,1,\n`,
    });
    expect(workflows.length).toBe(3);
    expect(told).toEqual([
      'all_workflows.csv:8: 7 fields without quotes are wanted, as in the header',
      'all_workflows.csv:5: the workflow "rain-1" comes twice',
      'all_workflows.csv:6: makespan_s "-3" is not a time above 0 and below 12.4 days',
      'all_workflows.csv:7: executed_at "soon" is not a time',
      'all_tasks.csv.gz:6: there is no workflow "ghost"',
    ]);
  });

  it.each([
    ['a runtime that is no time', { tasks: TASKS.replace('1.25', 'fast') }, 'all_tasks.csv.gz:2: runtime_s "fast"'],
    ['a task that comes twice', { tasks: TASKS.replace('rain-1,b', 'rain-1,a') }, 'all_tasks.csv.gz:3: the task "a"'],
    ['an edge to nobody', { edges: `${EDGES}rain-1,b,zz\n` }, 'all_edges.csv.gz:3: "rain-1" has no task "zz"'],
    ['a task that is missing', { tasks: TASKS.replace('rain-1,b,b,60,\n', '') }, 'all_edges.csv.gz:2: '],
    ['a circle', { edges: `${EDGES}rain-1,b,a\n` }, 'rain-1: left out: its tasks wait for each other'],
  ])('leave out the workflow with %s', async (_, over, place) => {
    const { workflows, told } = await read(over);
    expect(workflows.map(({ name }) => name)).toEqual(['rain-2', 'alone-1']);
    expect(told[0]).toContain(place);
    expect(told.at(-1)).toMatch(/^rain-1: left out: /);
  });

  it('without a column or a table, or no folder at all, are a problem and no exception', async () => {
    expect((await read({ tasks: 'workflow,task\n' })).told[0]).toMatch(
      /all_tasks\.csv\.gz:1: there is no column task_id, runtime_s/,
    );
    rmSync(join(folder, 'all_edges.csv.gz'));
    const missing = await readWorkflowTables(folder);
    expect(missing.problems.problems.some(({ file }) => file.endsWith('all_edges.csv'))).toBe(true);
    const nowhere = await readWorkflowTables(join(folder, 'nowhere'));
    expect(nowhere.workflows).toEqual([]);
    expect(nowhere.problems.errorCount).toBeGreaterThan(0);
  });
});
