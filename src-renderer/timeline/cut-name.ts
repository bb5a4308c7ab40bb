// A name that is longer than its column: what it shares with the row above it goes first, then its middle, because both
// ends of a machine's name tell it from its neighbours.

const MARK = '…';

/**
 * At most `limit` characters. `above` is the pipeline of a task's name, which stands over it: where the name begins with
 * it, that is what is left out.
 */
export function cutName(name: string, limit: number, above = ''): string {
  if (name.length <= limit) return name;
  const rest = above !== '' && name.startsWith(above) ? name.slice(above.length) : '';
  if (rest === '') return cutMiddle(name, limit);
  return rest.length < limit ? `${MARK}${rest}` : `${MARK}${cutMiddle(rest, limit - 1)}`;
}

function cutMiddle(name: string, limit: number): string {
  if (name.length <= limit) return name;
  if (limit < 3) return limit > 0 ? MARK : '';
  const tail = Math.floor((limit - 1) / 2);
  return `${name.slice(0, limit - 1 - tail)}${MARK}${name.slice(name.length - tail)}`;
}
