// A name as the overview writes it: cut in the middle to the characters that its node has room for.

import { cutMiddle } from '../model/display-name.ts';
import { useGraph } from '../ui/control-context.ts';
import { nameRoom } from '../view/detail.ts';

interface NodeNameProps {
  readonly name: string;
  readonly kind: number;
  readonly hasMark: boolean;
}

export function NodeName({ name, kind, hasMark }: NodeNameProps) {
  const room = useGraph((state) => nameRoom(kind, hasMark, state.scale));
  return <div className="graph-node-name">{cutMiddle(name, room)}</div>;
}
