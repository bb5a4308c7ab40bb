// A pipeline near enough to read: state as mark, outline and word, name, tasks, schedule or deadline.

import type { Node, NodeProps } from '@xyflow/react';
import { memo } from 'react';
import { StateMark } from '../../widgets/state-mark.tsx';
import { selectedHere } from '../control/graph-state.ts';
import { NodeKind } from '../layout/types.ts';
import { STATE_MEANINGS } from '../model/pipeline-state.ts';
import { sceneNote } from '../paint/picture-of.ts';
import { useGraph } from '../ui/control-context.ts';
import type { NearData } from './flow-node.ts';
import { NodeName } from './node-name.tsx';

export const PipelineNode = memo(function PipelineNode({ data }: NodeProps<Node<NearData>>) {
  const state = useGraph((s) => s.states[data.node]);
  const isSelected = useGraph((s) => selectedHere(s) === data.node);
  const isBack = useGraph((s) => s.found !== null && s.scene !== null && s.found[s.scene.whole[data.node]] === 0);
  const note = useGraph(({ scene, view }) => (scene && view ? sceneNote(scene, view, data.node) : ''));
  const meaning = STATE_MEANINGS[state];
  return (
    <div
      className="graph-node pipeline"
      data-testid="graph-node"
      data-name={data.name}
      data-state={meaning}
      data-selected={isSelected || undefined}
      data-back={isBack || undefined}
    >
      {meaning ? <StateMark meaning={meaning} /> : null}
      <div className="graph-node-text">
        <NodeName name={data.shortName} kind={NodeKind.pipeline} hasMark={meaning !== undefined} />
        <div className="graph-node-note">{note}</div>
      </div>
    </div>
  );
});
