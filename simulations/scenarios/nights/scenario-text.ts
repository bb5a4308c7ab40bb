// Writes a scenario document as the YAML that a person would edit: the top two levels in blocks, what is below in flow.
// Only for documents of this folder: plain objects, arrays, strings and numbers.

/** `comment`: lines for the head, without their marks. */
export function scenarioText(document: object, comment: readonly string[]): string {
  const lines = comment.map((line) => `# ${line}`);
  for (const [key, value] of Object.entries(document)) {
    if (Array.isArray(value)) lines.push(`${key}:`, ...value.map((item) => `  - ${flow(item)}`));
    else if (typeof value === 'object')
      lines.push(`${key}:`, ...Object.entries(value).map(([inner, below]) => `  ${inner}: ${flow(below)}`));
    else lines.push(`${key}: ${flow(value)}`);
  }
  return `${lines.join('\n')}\n`;
}

function flow(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`;
  if (typeof value === 'object' && value !== null)
    return `{${Object.entries(value)
      .map(([key, below]) => `${key}: ${flow(below)}`)
      .join(', ')}}`;
  return typeof value === 'string' && !PLAIN.test(value) ? JSON.stringify(value) : String(value);
}

/** Letters first, or a number with its unit: nothing that YAML would read as anything but text. */
const PLAIN = /^(?:[a-z][\w.@-]*|\d+(?:\.\d+)?(?:ms|s|m|h|d|%)|\d+h\d+m)$/i;
