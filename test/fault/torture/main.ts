// `npm run torture -- [--kills N] [--faults [--stride N]] [--damage [--trials N]] [--seed S] [--json]`: does to the store
// what machines do to it, and compares. `--stride`: only every N-th call fails. `--recovery N`: one kill
// after N records, timed. Exit code 1 when anything acknowledged was lost, done twice, or changed.

import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { damageTrials } from './damage.ts';
import { faultTrials } from './faults.ts';
import { killTrials, recoveryTrial } from './kills.ts';
import { type Outcome, summarize, summaryText, type TortureSummary } from './summary.ts';
import { writeUntilKilled } from './writer.ts';

const { values } = parseArgs({
  options: {
    kills: { type: 'string' },
    recovery: { type: 'string' },
    faults: { type: 'boolean', default: false },
    damage: { type: 'boolean', default: false },
    trials: { type: 'string', default: '200' },
    stride: { type: 'string', default: '1' },
    seed: { type: 'string', default: '7' },
    json: { type: 'boolean', default: false },
    writer: { type: 'string' },
  },
});

if (values.writer === undefined) await torture();
else await writeUntilKilled(JSON.parse(values.writer));

async function torture(): Promise<void> {
  const program = fileURLToPath(import.meta.url);
  const seed = wholeNumber('seed', values.seed);
  const kills = values.kills === undefined ? 0 : wholeNumber('kills', values.kills);
  const kinds: [string, AsyncIterable<Outcome>][] = [];
  if (kills > 0) kinds.push(['kills', killTrials(kills, seed, program)]);
  if (values.recovery !== undefined) {
    kinds.push(['recovery', recoveryTrial(wholeNumber('recovery', values.recovery), program)]);
  }
  if (values.faults) kinds.push(['faults', faultTrials(wholeNumber('stride', values.stride))]);
  if (values.damage) kinds.push(['damage', damageTrials(wholeNumber('trials', values.trials), seed)]);
  for (const [kind, outcomes] of kinds) {
    const summary = await summarize(kind, outcomes, progress);
    process.stdout.write(values.json ? `${JSON.stringify(summary)}\n` : summaryText(summary));
    if (summary.bad > 0) process.exitCode = 1;
  }
}

/** A line on a terminal, a finding as soon as it is there. */
function progress({ name }: Outcome, { trials, bad }: TortureSummary): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${trials} trials, ${bad} bad: ${name}`);
}

function wholeNumber(name: string, value: string): number {
  if (/^\d{1,9}$/.test(value)) return Number(value);
  process.stderr.write(`torture: --${name} needs a whole number, not ${value}\n`);
  process.exit(2);
}
