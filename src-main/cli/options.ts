// Options that several commands take, and how their text becomes values. What is not a whole number in range is a
// usage error with the option's name.

import { InvalidArgumentError, Option } from 'commander';

/** A parser for whole numbers within [min, max]. */
export const wholeNumber =
  (min: number, max: number) =>
  (text: string): number => {
    const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
    if (!(value >= min && value <= max)) throw new InvalidArgumentError(`It must be a whole number, ${min} to ${max}.`);
    return value;
  };

export const logOption = (): Option =>
  new Option('--log <name>', 'the log, as `landfall logs` names it; may be left out when there is only one');

export const jsonOption = (): Option => new Option('--json', 'one JSON document on stdout instead of text');
