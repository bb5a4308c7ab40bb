// The inspector of a dataset: who writes it and who reads it, and of which readers no wait is declared.

import { X } from 'lucide-react';
import type { GraphView } from '../../../shared/api/views.ts';
import { EdgeKind, type GraphModel } from '../model/graph-model.ts';
import { useControl, useGraph } from './control-context.ts';

export function DatasetPanel({ node }: { node: number }) {
  const control = useControl();
  const model = useGraph((state) => state.model);
  const view = useGraph((state) => state.view);
  if (!model || !view) return null;
  return (
    <div className="graph-dataset" data-testid="graph-dataset-panel">
      <header>
        <h1 className="mono">{model.name[node]}</h1>
        <button type="button" aria-label="Clear the selection" title="Clear (Esc)" onClick={() => control.select(null)}>
          <X size={15} aria-hidden="true" />
        </button>
      </header>
      <p className="dim">{placeText(model, view, node)}</p>
      <Pipelines
        title="Written by"
        none="Nothing in this log writes it."
        model={model}
        edges={edgesOf(model.in, node)}
        ends={model.from}
      />
      <Pipelines
        title="Read by"
        none="Nothing in this log reads it."
        model={model}
        edges={edgesOf(model.out, node)}
        ends={model.to}
      />
    </div>
  );
}

function placeText(model: GraphModel, view: GraphView, node: number): string {
  const namespace = view.datasets.namespace[model.row[node]];
  return ['dataset', model.groupNames[model.group[node]], namespace].filter((part) => part !== '').join(' · ');
}

const edgesOf = ({ offsets, values }: GraphModel['in'], node: number): Int32Array =>
  values.subarray(offsets[node], offsets[node + 1]);

interface PipelinesProps {
  readonly title: string;
  readonly none: string;
  readonly model: GraphModel;
  readonly edges: Int32Array;
  readonly ends: Int32Array;
}

function Pipelines({ title, none, model, edges, ends }: PipelinesProps) {
  const control = useControl();
  return (
    <>
      <h2>{title}</h2>
      {edges.length === 0 ? <p className="dim">{none}</p> : null}
      <ul>
        {Array.from(edges, (edge) => (
          <li key={edge}>
            <button type="button" className="link mono" onClick={() => void control.jumpTo(ends[edge])}>
              {model.name[ends[edge]]}
            </button>
            {model.edgeKind[edge] === EdgeKind.readsUndeclared ? (
              <span className="tag ink-early">no wait declared</span>
            ) : null}
          </li>
        ))}
      </ul>
    </>
  );
}
