// Patterns of task labels as faults and targets write them: `*` stands for any text, everything else for itself.

export function labelMatcher(pattern: string): (label: string) => boolean {
  if (pattern === '*') return () => true;
  const expression = new RegExp(`^${pattern.split('*').map(escaped).join('.*')}$`, 's');
  return (label) => expression.test(label);
}

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
