// Whether the workbench can open in Electron here: a desktop is there, and the binary is there or can be had. Decided
// before anything is shown, so it must be quick: at once without a desktop or with a binary, a few seconds at most on a
// machine without a network, and only while a download really runs longer (90 s at most). Runs in plain Node and never
// loads the `electron` package, which would download on its own.

import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { type CancelSignal, NEVER_CANCELLED } from '../../../shared/base/cancel.ts';
import { installedBinary, packageVersion } from './binary.ts';
import { desktopObstacle } from './desktop.ts';
import { forgetFailure, recallFailure, rememberFailure } from './failed-fetch.ts';
import { FETCH_LIMITS, type FetchLimits, fetchBinary } from './fetch-binary.ts';

export type ElectronAvailability =
  | { readonly available: true; readonly binary: string }
  /** `reason` is part of a sentence: "No Electron here: REASON." */
  | { readonly available: false; readonly reason: string };

export interface AvailabilityOptions {
  /** The program's own scratch folder: where a failed download is remembered. */
  readonly scratchDir: string;
  /** Ends a download. */
  readonly signal?: CancelSignal;
  /** Told before a download starts. */
  readonly onFetch?: (version: string) => void;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly platform?: NodeJS.Platform;
  readonly userId?: number;
  /** The folder of the `electron` package; null when it is not installed. */
  readonly packageDir?: string | null;
  readonly limits?: FetchLimits;
}

/** Never rejects and never hangs. */
export async function electronAvailable(options: AvailabilityOptions): Promise<ElectronAvailability> {
  const { env = process.env, platform = process.platform, userId = process.getuid?.() ?? -1 } = options;
  const obstacle = desktopObstacle({ platform, env, userId });
  if (obstacle) return no(obstacle);
  const { packageDir = findPackage() } = options;
  if (packageDir === null) return no('its package is not installed');
  const installed = installedBinary(packageDir, env);
  if (installed) return { available: true, binary: installed };
  if (env.ELECTRON_SKIP_BINARY_DOWNLOAD) return no('its download is switched off');
  return fetchOnce(packageDir, env, options);
}

async function fetchOnce(
  packageDir: string,
  env: Readonly<Record<string, string | undefined>>,
  { scratchDir, onFetch, limits = FETCH_LIMITS, signal = NEVER_CANCELLED }: AvailabilityOptions,
): Promise<ElectronAvailability> {
  const version = packageVersion(packageDir);
  const known = recallFailure(scratchDir, version, Date.now());
  if (known) return no(`${known} (tried less than a day ago)`);
  onFetch?.(version);
  const failure = await fetchBinary(packageDir, env, limits, signal);
  const binary = installedBinary(packageDir, env);
  if (failure === null && binary) {
    forgetFailure(scratchDir);
    return { available: true, binary };
  }
  if (signal.cancelled) return no('its download was stopped');
  const reason = failure ?? 'its installer brought no binary';
  rememberFailure(scratchDir, { version, atMs: Date.now(), reason });
  return no(reason);
}

const no = (reason: string): ElectronAvailability => ({ available: false, reason });

function findPackage(): string | null {
  try {
    return dirname(createRequire(import.meta.url).resolve('electron/package.json'));
  } catch {
    return null;
  }
}
