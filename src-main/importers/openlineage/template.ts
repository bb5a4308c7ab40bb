// Tells a value from a placeholder that nobody filled in: test expectations and unrendered files look like events.

/** `{{ … }}` (Jinja, dbt, Marquez) or `${json-unit…}` (JsonUnit) anywhere in a text. */
export function isTemplate(text: string): boolean {
  const open = text.indexOf('{{');
  return (open >= 0 && text.indexOf('}}', open + 2) >= 0) || text.includes('${json-unit');
}
