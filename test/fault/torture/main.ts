// `npm run torture` (`-- --help` has its options): does to the store what machines do to it, and compares. Exit code 1
// when anything acknowledged was lost, done twice, or changed.

import { fileURLToPath } from 'node:url';
import { flag, inner, programOptions, whole, wholeOrOff } from '../../../simulations/benchmarks/program-options.ts';
import { damageTrials } from './damage.ts';
import { faultTrials } from './faults.ts';
import { killTrials, recoveryTrial } from './kills.ts';
import { type Outcome, summarize, summaryText, type TortureSummary } from './summary.ts';
import { writeUntilKilled } from './writer.ts';

const options = programOptions({
  command: 'npm run torture --',
  does: 'does to the store what machines do to it, and compares',
  options: {
    kills: wholeOrOff('so many kill -9 at named points and at random moments'),
    recovery: wholeOrOff('one kill after so many records, timed'),
    faults: flag('every call to the disk fails once'),
    stride: whole(1, 'with --faults: only every so manieth call'),
    damage: flag('bytes are flipped, cut off or zeroed in every kind of file'),
    trials: whole(200, 'with --damage: so many'),
    seed: whole(7, 'the same seed does the same again'),
    json: flag('one JSON document a kind'),
    writer: inner(),
  },
});

if (options.writer === null) await torture();
else await writeUntilKilled(JSON.parse(options.writer));

async function torture(): Promise<void> {
  const program = fileURLToPath(import.meta.url);
  const { kills, recovery, faults, stride, damage, trials, seed } = options;
  const kinds: [string, AsyncIterable<Outcome>][] = [];
  if (kills !== null) kinds.push(['kills', killTrials(kills, seed, program)]);
  if (recovery !== null) kinds.push(['recovery', recoveryTrial(recovery, program)]);
  if (faults) kinds.push(['faults', faultTrials(stride)]);
  if (damage) kinds.push(['damage', damageTrials(trials, seed)]);
  if (kinds.length === 0) {
    process.stderr.write('nothing to do: --kills N, --recovery N, --faults or --damage (--help lists the options)\n');
    process.exitCode = 2;
  }
  for (const [kind, outcomes] of kinds) {
    const summary = await summarize(kind, outcomes, progress);
    process.stdout.write(options.json ? `${JSON.stringify(summary)}\n` : summaryText(summary));
    if (summary.bad > 0) process.exitCode = 1;
  }
}

/** A line on a terminal, a finding as soon as it is there. */
function progress({ name }: Outcome, { trials, bad }: TortureSummary): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${trials} trials, ${bad} bad: ${name}`);
}
