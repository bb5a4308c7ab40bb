// A dataset near enough to read: its name, and below it how far the partition has come that is written at the cursor.

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
  const fill = useGraph(({ scene, fills }) => (scene ? fills.get(scene.model.row[data.node]) : undefined));
  return (
    <div
      className="graph-node dataset"
      data-testid="graph-node"
      data-name={data.name}
      data-selected={isSelected || undefined}
      data-back={isBack || undefined}
    >
      <NodeName name={data.shortName} kind={NodeKind.dataset} hasMark={false} />
      {fill === undefined ? null : <Fill share={fill} />}
    </div>
  );
});

/** Hatched where it was opened and nothing says that it was ever whole. */
function Fill({ share }: { share: number }) {
  if (Number.isNaN(share)) return <i className="graph-node-fill is-unknown" aria-hidden="true" />;
  const tone = share >= 1 ? 'is-whole' : 'is-filling';
  return (
    <i
      className={`graph-node-fill ${tone}`}
      style={{ width: `${100 * share}%` }}
      data-fill={share}
      aria-hidden="true"
    />
  );
}
