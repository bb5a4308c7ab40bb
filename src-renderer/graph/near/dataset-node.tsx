// A dataset near enough to read: its name. It has no state of its own.

import type { Node, NodeProps } from '@xyflow/react';
import { memo } from 'react';
import { selectedHere } from '../control/graph-state.ts';
import { NodeKind } from '../layout/types.ts';
import { useGraph } from '../ui/control-context.ts';
import type { NearData } from './flow-node.ts';
import { NodeName } from './node-name.tsx';

export const DatasetNode = memo(function DatasetNode({ data }: NodeProps<Node<NearData>>) {
  const isSelected = useGraph((s) => selectedHere(s) === data.node);
  const isBack = useGraph((s) => s.found !== null && s.scene !== null && s.found[s.scene.whole[data.node]] === 0);
  return (
    <div
      className="graph-node dataset"
      data-testid="graph-node"
      data-name={data.name}
      data-selected={isSelected || undefined}
      data-back={isBack || undefined}
    >
      <NodeName name={data.shortName} kind={NodeKind.dataset} hasMark={false} />
    </div>
  );
});
