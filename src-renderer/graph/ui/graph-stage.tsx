// The elements of the stage, and its life. What moves is moved by Stage, not by React.

import { useEffect, useRef } from 'react';
import { LitEdges } from '../near/lit-edges.tsx';
import { NearLayer } from '../near/near-layer.tsx';
import type { Theme } from '../paint/pen.ts';
import { Stage } from '../view/stage.ts';
import { useControl, useGraph } from './control-context.ts';
import { HoverCard } from './hover-card.tsx';
import { stageLabel } from './stage-label.ts';

export function GraphStage({ theme }: { theme: Theme }) {
  const control = useControl();
  const label = useGraph((state) => (state.model ? stageLabel(state.model) : 'Graph'));
  const stage = useRef<Stage | null>(null);
  const surface = useRef<HTMLDivElement>(null);
  const overview = useRef<HTMLCanvasElement>(null);
  const near = useRef<HTMLDivElement>(null);
  const lit = useRef<SVGGElement>(null);
  const labels = useRef<HTMLDivElement>(null);
  const selectedRing = useRef<HTMLDivElement>(null);
  const hoverRing = useRef<HTMLDivElement>(null);
  const hoverCard = useRef<HTMLDivElement>(null);
  const minimap = useRef<HTMLCanvasElement>(null);
  const minimapFrame = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const refs = { surface, overview, near, lit, labels, selectedRing, hoverRing, hoverCard, minimap, minimapFrame };
    const made = new Stage(control, elementsOf(refs), (paintMs) => {
      // For tests and for who measures: that the overview is painted, and how long it took.
      surface.current?.setAttribute('data-painted-ms', paintMs.toFixed(1));
    });
    stage.current = made;
    return () => {
      made.dispose();
      stage.current = null;
    };
  }, [control]);
  useEffect(() => stage.current?.setTheme(theme), [theme]);

  return (
    <>
      {/* The drawing is walked by arrow keys */}
      <div
        className="graph-surface"
        ref={surface}
        role="application"
        aria-label={label}
        tabIndex={0}
        data-testid="graph-surface"
      >
        <canvas className="graph-overview" ref={overview} aria-hidden="true" />
        <LitEdges moved={lit} />
        <NearLayer wrapper={near} />
        <div className="graph-ring hovered" ref={hoverRing} hidden />
        <div className="graph-ring selected" ref={selectedRing} hidden data-testid="graph-selected-ring" />
        <div className="graph-labels" ref={labels} />
        <HoverCard card={hoverCard} />
      </div>
      <div className="graph-minimap" data-testid="graph-minimap" aria-hidden="true">
        <canvas ref={minimap} />
        <div className="graph-minimap-frame" ref={minimapFrame} />
      </div>
    </>
  );
}

type Refs<T> = { readonly [K in keyof T]: { readonly current: T[K] | null } };

function elementsOf<T extends object>(refs: Refs<T>): T {
  const elements: Partial<T> = {};
  for (const name of Object.keys(refs) as (keyof T)[]) {
    const element = refs[name].current;
    if (!element) throw new Error(`the stage lacks its ${String(name)}`);
    elements[name] = element;
  }
  return elements as T;
}
