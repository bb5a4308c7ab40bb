// A check that is stopped: what was done is still told, by the text and by the exit code.

import { copyFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { FitProgress } from '../../../shared/api/views-fit.ts';
import { formatFit } from '../../../src-main/cli/format-fit.ts';
import { stoppedFit } from '../../../src-main/cli/stopped-fit.ts';
import { waitFor } from '../../support/wait-for.ts';
import { FIXTURES, landfall, scratchFolder, startLandfall } from './support/landfall.ts';

const dir = scratchFolder();

const PROGRESS: FitProgress = {
  step: '+40 %',
  played: 1_200,
  of: 2_000,
  leftMs: 4_000,
  targets: [
    { name: 'landing of features by 02:00 UTC', wanted: 0.995, of: 'nights' },
    { name: 'start latency p50 of all tasks within 30 s', wanted: 0.5, of: 'task runs' },
  ],
  rows: [
    {
      kind: 'history',
      label: 'history',
      pool: 'spark',
      slots: 128,
      nights: 90,
      standings: [
        {
          trials: 90,
          met: 89,
          share: 89 / 90,
          low: 0.9397,
          high: 0.998,
          verdict: 'cannot confirm',
          trialsNeeded: 947,
          p50LateMs: 0,
          p95LateMs: 0,
        },
        null,
      ],
      extrapolated: [],
      ended: 'all',
    },
  ],
};

describe('a check that was stopped', () => {
  it('keeps the rows that were done, and says what is undecided', () => {
    const text = formatFit(stoppedFit(PROGRESS));
    expect(text).toContain('history  128  spark  98.88 %  [93.97, 99.80]  1/90  cannot confirm, 947 nights');
    expect(text).toContain('start latency p50 of all tasks within 30 s, 50.0 % of task runs\n  nothing known yet\n');
    expect(text).toContain('· stopped in +40 %, after 1,200 of 2,000 nights: undecided');
    expect(stoppedFit({ ...PROGRESS, played: 0, of: 0 }).notes[0]).toMatch(/^stopped in \+40 %: undecided/);
  });

  it('ends with 130 and gives its workspace back, from the moment on that it has it', async () => {
    copyFileSync(join(FIXTURES, 'scenarios', 'fit.yaml'), join(dir, 'fit.yaml'));
    copyFileSync(join(FIXTURES, 'early-read.ndjson'), join(dir, 'early-read.ndjson'));
    await landfall(['import', 'early-read.ndjson', '--workspace', 'own'], { cwd: dir });
    const args = ['check', 'fit.yaml', '--workspace', 'own', '--nights', '1000000', '--grow', '300'];
    const checking = startLandfall(args, { cwd: dir });
    const lock = join(dir, 'own', 'LOCK');
    await waitFor(() => expect(existsSync(lock)).toBe(true));
    checking.kill('SIGINT');
    const { code, stdout, stderr } = await checking.ended;
    expect(code).toBe(130);
    expect(stdout + stderr).toContain('stopped');
    expect(existsSync(lock)).toBe(false);
  });
});
