// Paths as people paste them: one a line, spaces around and quotes dropped, empty lines and doubles left out.

export function pathsOf(text: string): string[] {
  const lines = text.split('\n').map((line) => line.trim().replace(/^(["'])(.*)\1$/, '$2'));
  return [...new Set(lines.filter(Boolean))];
}
