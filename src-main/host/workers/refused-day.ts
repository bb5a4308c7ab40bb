// A day that the player refuses is bad input, told in one line; any other error stays what it is.

import { ServiceError } from '../../../shared/api/errors.ts';
import { DayRefusedError } from '../../../simulations/orchestrator/reference-day-check.ts';

export function tellRefusedDay<T>(play: () => T): T {
  try {
    return play();
  } catch (error) {
    if (error instanceof DayRefusedError) throw new ServiceError({ code: 'bad-input', message: error.message });
    throw error;
  }
}
