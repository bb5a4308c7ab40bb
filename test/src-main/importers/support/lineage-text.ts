// OpenLineage events as text, as short as a test can say them.

interface Use {
  readonly namespace: string;
  readonly name: string;
}
interface EventOptions {
  readonly job?: string;
  readonly run?: string;
  readonly facets?: object;
  readonly jobFacets?: object;
  readonly inputs?: readonly (string | Use)[];
  readonly outputs?: readonly (string | Use)[];
}

const use = (name: string | Use): Use => (typeof name === 'string' ? { namespace: 'db', name } : name);

/** One RunEvent as a line; minutes of 2025-12-25T01:mm. */
export const event = (type: string, minute: number, options: EventOptions = {}): string =>
  JSON.stringify({
    eventType: type,
    eventTime: `2025-12-25T01:${String(minute).padStart(2, '0')}:00Z`,
    run: { runId: options.run ?? 'r1', facets: options.facets ?? {} },
    job: { namespace: 'shop', name: options.job ?? 'job', facets: options.jobFacets ?? {} },
    inputs: (options.inputs ?? []).map(use),
    outputs: (options.outputs ?? []).map(use),
  });

export const parent = (run: string, job: string): object => ({
  parent: { run: { runId: run }, job: { namespace: 'shop', name: job } },
});
export const DAY = {
  nominalTime: { nominalStartTime: '2025-12-24T00:00:00Z', nominalEndTime: '2025-12-25T00:00:00Z' },
};
