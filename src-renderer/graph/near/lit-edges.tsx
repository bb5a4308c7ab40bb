// The edges of the selected and of the hovered node, over the overview and under the mounted nodes. Drawn from the
// layout itself: their other ends need not be mounted, and a hub with hundreds of readers is one path. The stage moves
// the group by its SVG transform, under which a line can keep its width at every zoom.

import { memo, type RefObject } from 'react';
import { selectedHere } from '../control/graph-state.ts';
import { useGraph } from '../ui/control-context.ts';
import { litPaths } from './lit-paths.ts';

export const LitEdges = memo(function LitEdges({ moved }: { moved: RefObject<SVGGElement | null> }) {
  const selected = useGraph(selectedHere);
  const hovered = useGraph((state) => state.hovered);
  return (
    <svg className="graph-lit" data-testid="graph-lit-edges" aria-hidden="true">
      <g ref={moved}>
        <NodeEdges node={selected} kind="selected" />
        {hovered === selected ? null : <NodeEdges node={hovered} kind="hovered" />}
      </g>
    </svg>
  );
});

function NodeEdges({ node, kind }: { node: number | null; kind: 'selected' | 'hovered' }) {
  const scene = useGraph((state) => state.scene);
  if (!scene || node === null || node >= scene.model.nodeCount) return null;
  const { waits, undeclared, labels } = litPaths(scene, node);
  return (
    <g className={kind}>
      {waits.count > 0 ? <path d={waits.path} data-edges={waits.count} /> : null}
      {undeclared.count > 0 ? <path className="undeclared" d={undeclared.path} data-edges={undeclared.count} /> : null}
      {labels.map(({ x, y }) => (
        <text key={`${x} ${y}`} x={x} y={y - 6}>
          no wait declared
        </text>
      ))}
    </g>
  );
}
