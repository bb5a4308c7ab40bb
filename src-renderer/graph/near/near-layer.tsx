// React Flow over the overview: the nodes one is near enough to read. It draws; it does not pan, zoom, cull or select.
// The stage moves its wrapper as it moves the canvas, so a gesture costs React nothing. Edges are not its part: those of
// thousands of nodes are painted, and the few that are lit end at nodes that need not be mounted.

import '@xyflow/react/dist/base.css';
import './near.css';
import { ReactFlow } from '@xyflow/react';
import { memo, type RefObject, useMemo } from 'react';
import { useGraph } from '../ui/control-context.ts';
import { DatasetNode } from './dataset-node.tsx';
import { flowNodes } from './flow-node.ts';
import { PipelineNode } from './pipeline-node.tsx';

const NODE_TYPES = { pipeline: PipelineNode, dataset: DatasetNode };
const STILL = { x: 0, y: 0, zoom: 1 };
const PRO_OPTIONS = { hideAttribution: true };

export const NearLayer = memo(function NearLayer({ wrapper }: { wrapper: RefObject<HTMLDivElement | null> }) {
  const scene = useGraph((state) => state.scene);
  const near = useGraph((state) => state.near);
  const isDone = useGraph((state) => state.isNearDone);
  const nodes = useMemo(() => (scene ? flowNodes(scene, near) : []), [scene, near]);
  return (
    <div className="graph-near" ref={wrapper} data-testid="graph-near" data-mounted={near.length} data-done={isDone}>
      <ReactFlow
        nodes={nodes}
        nodeTypes={NODE_TYPES}
        defaultViewport={STILL}
        proOptions={PRO_OPTIONS}
        nodesDraggable={false}
        nodesConnectable={false}
        nodesFocusable={false}
        edgesFocusable={false}
        elementsSelectable={false}
        disableKeyboardA11y
        panOnDrag={false}
        panOnScroll={false}
        zoomOnScroll={false}
        zoomOnPinch={false}
        zoomOnDoubleClick={false}
        preventScrolling={false}
        autoPanOnNodeFocus={false}
      />
    </div>
  );
});
