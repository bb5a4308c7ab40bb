// The orchestrator that Halyard runs, as a scenario writes it: Airflow 3's defaults, tuned as a company of 2,000 pipelines
// has to tune them. A task run is ready, found by a loop, given its slots, and its pod starts: so start latency is a
// distribution. Only data.

export const HALYARD_ORCHESTRATOR = {
  preset: 'airflow-3@1',
  loop: { batch: 512, create: 500, examine: 4_000, fixed: '3s', perTask: '1ms', schedulers: 2 },
  limits: { parallelism: 'none', activeRuns: 'none', activeTasks: 'none' },
  priority: 'absolute',
  executor: { kubernetes: { podsPerLoop: 256, startUp: { lognormal: { median: '11s', sigma: 0.55 } } } },
  triggers: { mode: 'event', poke: '60s' },
  finalize: { service: { lognormal: { median: '1500ms', sigma: 0.5 } }, publishDelay: '2s' },
  heartbeat: 'none',
  partition: 'interval',
} as const;
