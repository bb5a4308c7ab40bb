// What a group of ready questions is of: a log by its name, in the face of names, or words.

import type { ExampleGroup } from './examples.ts';

export const GroupTitle = ({ group: { id, title } }: { group: ExampleGroup }) =>
  id === 'log' ? <span className="as-is mono">{title}</span> : title;
