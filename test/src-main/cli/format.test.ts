// The text of each report against its golden file (test/golden/cli). Change one on purpose with `vitest -u`.

import { describe, expect, it } from 'vitest';
import type { OrderingReport } from '../../../shared/analysis/ordering/report.ts';
import type { ImportView, LogSummary, LogView } from '../../../shared/api/views.ts';
import { formatImport, formatProblems } from '../../../src-main/cli/format-import.ts';
import { formatOrdering } from '../../../src-main/cli/format-ordering.ts';
import { formatSimulation } from '../../../src-main/cli/format-simulation.ts';
import { formatVerdict } from '../../../src-main/cli/format-verdict.ts';
import { styleFor } from '../../../src-main/cli/style.ts';

const golden = (name: string): string => `${import.meta.dirname}/../../golden/cli/${name}.txt`;

const LOG: LogView = {
  name: 'night-2025-12-24',
  title: 'Halyard, date=2025-12-24, as the simulator played it',
  source: 'simulated',
  zone: 'UTC',
  fromUs: 1_766_620_800e6,
  toUs: 1_766_660_461e6 + 250_000,
  pipelines: 2_000,
  tasks: 50_000,
  datasets: 2_000,
  runs: 2_000,
  taskRuns: 50_000,
  events: 412_345,
  importedFrom: 'sample',
};
const SUMMARY: LogSummary = {
  log: LOG,
  startLatency: {
    measuredCount: 49_800,
    unknownCount: 200,
    inferredCount: 40,
    p50Ms: 1_000,
    p90Ms: 41_000,
    p99Ms: 133_000,
    maxMs: 400_000,
    targets: [
      { name: 'start latency p50', limitMs: 30_000, actualMs: 1_000, verdict: 'pass' },
      { name: 'start latency p99', limitMs: 120_000, actualMs: 133_000, verdict: 'fail' },
    ],
  },
  deadlines: { total: 42, met: 38, missed: 3, unknown: 1 },
  earlyReads: { proved: 2, overlap: 11, cannotTell: 4 },
};

describe('the verdict', () => {
  it('is a few lines', () => expect(formatVerdict(SUMMARY)).toMatchFileSnapshot(golden('verdict')));

  it('says unknown where nothing is known', () => {
    const targets = SUMMARY.startLatency.targets.map((t) => ({
      ...t,
      actualMs: Number.NaN,
      verdict: 'unknown' as const,
    }));
    const nothing: LogSummary = {
      log: { ...LOG, fromUs: Number.NaN, toUs: Number.NaN },
      startLatency: { ...SUMMARY.startLatency, measuredCount: 0, inferredCount: 0, targets },
      deadlines: { total: 0, met: 0, missed: 0, unknown: 0 },
      earlyReads: { proved: 0, overlap: 0, cannotTell: 17 },
    };
    return expect(formatVerdict(nothing)).toMatchFileSnapshot(golden('verdict-unknown'));
  });

  it('has colours only when asked', () => {
    expect(formatVerdict(SUMMARY)).not.toContain('\x1b');
    expect(formatVerdict(SUMMARY, styleFor(true))).toContain('\x1b[31mFAIL\x1b[0m');
  });
});

describe('the report of finalize ordering', () => {
  const event = { timeUs: 1_766_623_500e6, taskRun: 4, version: 7 };
  const report: OrderingReport = {
    log: 'night-2025-12-24',
    toleranceMs: 2_000,
    reads: 1_204,
    versions: 998,
    proved: 1,
    overlap: 12,
    cannotTell: 0,
    rules: [
      { rule: 'no-read-before-finalize', proved: 1, overlap: 12, cannotTell: 0 },
      { rule: 'one-owner', proved: 0, overlap: 0, cannotTell: 0 },
      { rule: 'lineage-is-current', proved: 0, overlap: 0, cannotTell: 0, stale: 3 },
    ],
    findings: [
      {
        rule: 'no-read-before-finalize',
        grade: 'proved',
        reason: 'recs.train_daily read events[date=2025-12-24] v1 before it was finalized',
        first: { ...event, seq: 812, kind: 'read', subject: 'recs.train_daily' },
        second: {
          ...event,
          timeUs: 1_766_624_640e6 + 5_000,
          seq: 1_290,
          kind: 'finalized',
          subject: 'events[date=2025-12-24] v1',
        },
      },
      {
        rule: 'no-read-before-finalize',
        grade: 'overlap',
        reason: 'growth.report ran while ingest.users wrote users',
        first: { ...event, seq: 90, kind: 'task started', subject: 'growth.report' },
        second: null,
      },
    ],
    stale: {
      reads: 3,
      examples: [
        {
          reason: 'finance.report read orders[date=2025-12-23] v1, and v2 is whole',
          first: { ...event, seq: 12, kind: 'read', subject: 'finance.report' },
          second: { ...event, seq: 5_000, kind: 'finalized', subject: 'orders[date=2025-12-23] v2' },
        },
      ],
    },
    advice: ['versions read, as OpenLineage dataset version facets'],
  };

  it('shows rules, first offenders with their two events, and what to collect', () =>
    expect(formatOrdering(report)).toMatchFileSnapshot(golden('ordering')));

  it('is short when there is nothing to say', () => {
    const rules = report.rules.map((rule) => ({
      ...rule,
      proved: 0,
      overlap: 0,
      ...(rule.stale === undefined ? {} : { stale: 0 }),
    }));
    const stale = { reads: 0, examples: [] };
    const clean = { ...report, proved: 0, overlap: 0, rules, findings: [], stale, advice: [], toleranceMs: 0 };
    return expect(formatOrdering(clean)).toMatchFileSnapshot(golden('ordering-clean'));
  });
});

describe('the report of an import', () => {
  const view: ImportView = {
    files: [
      { file: 'events.ndjson', format: 'OpenLineage', read: 32, stored: 30, unit: 'events' },
      { file: 'days/tuesday', format: 'reference day', read: 1, stored: 1, unit: 'day' },
    ],
    logs: [LOG],
    alreadyThere: ['events-1'],
    problems: [
      { severity: 'error', file: 'events.ndjson', line: 7, reason: 'eventTime is a template, not a value' },
      { severity: 'warning', file: 'events.ndjson', line: null, reason: 'no nominalTime facet' },
    ],
    problemCount: 5,
    errorCount: 1,
  };
  it('lists files, logs and the result', () => expect(formatImport(view)).toMatchFileSnapshot(golden('import')));
  it('lists problems by place', () => expect(formatProblems(view)).toMatchFileSnapshot(golden('problems')));
});

it('a played day is a readable table', () =>
  expect(
    formatSimulation({
      tasks: 50_000,
      events: 104_512,
      startLatencyP50Ms: 1_000,
      startLatencyP99Ms: 3_723_000,
      deadlinesMet: 310,
      deadlinesTotal: 320,
      makespanMs: 86_400_000,
      loadMs: 61.27,
      buildMs: 12.04,
      simMs: 9.111,
      simCpuMs: 9.333,
      eventsPerSecond: 11_198_115.2,
    }),
  ).toMatchFileSnapshot(golden('simulation')));
