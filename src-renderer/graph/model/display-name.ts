// Names as they are shown inside a group's box: without the group's own name in front, cut in the middle when they are
// too long, because both ends of a machine's name tell it from its neighbours.

/** `events_raw` for `ingest.events_raw` in the group `ingest`; the whole name when nothing would be left. */
export function displayName(name: string, group: string): string {
  const rest = name.slice(group.length + 1);
  const isPrefixed = name.startsWith(group) && /^[./_-]$/.test(name.charAt(group.length));
  return isPrefixed && rest !== '' ? rest : name;
}

/** Characters kept at the end of a name that is cut. */
export const TAIL = 6;

/** At most `limit` characters, cut before the tail; "" when nothing readable fits. */
export function cutMiddle(name: string, limit: number): string {
  if (name.length <= limit) return name;
  if (limit < 3) return '';
  const tail = limit > 2 * TAIL ? TAIL : Math.floor(limit / 3);
  return `${name.slice(0, limit - tail - 1)}…${name.slice(name.length - tail)}`;
}
