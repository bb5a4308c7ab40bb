// Scenes on demand: the whole graph, or the part in focus, each laid out. A newer request replaces an older one.

import type { ImpactGraph } from '../../../shared/analysis/impact.ts';
import type { GraphView } from '../../../shared/api/views.ts';
import { type LayoutJob, requestLayout } from '../layout/layout-client.ts';
import { upTo } from '../layout/sorting.ts';
import { type GraphModel, graphModel } from '../model/graph-model.ts';
import { layoutInput } from '../model/layout-input.ts';
import { type Direction, impactOf, reachOf } from '../model/reach.ts';
import { type Scene, sceneOf } from '../model/scene.ts';
import { subModel } from '../model/sub-model.ts';

export class Scenes {
  readonly model: GraphModel;
  readonly #view: GraphView;
  #impact: ImpactGraph | null = null;
  #job: LayoutJob | null = null;
  #whole: Scene | null = null;

  constructor(view: GraphView) {
    this.#view = view;
    this.model = graphModel(view);
  }

  /** Never settles when another scene is asked for meanwhile. */
  async whole(): Promise<Scene> {
    this.cancel();
    this.#whole ??= await this.#lay(this.model, upTo(this.model.nodeCount), false);
    return this.#whole;
  }

  async around(node: number, direction: Direction): Promise<Scene> {
    this.#impact ??= impactOf(this.#view);
    const part = subModel(this.model, reachOf(this.#impact, node, direction));
    return this.#lay(part.model, part.whole, true);
  }

  cancel(): void {
    this.#job?.cancel();
    this.#job = null;
  }

  async #lay(model: GraphModel, whole: Int32Array, isFlat: boolean): Promise<Scene> {
    this.cancel();
    const job = requestLayout(layoutInput(model, isFlat));
    this.#job = job;
    const layout = await job.done;
    if (this.#job !== job) return new Promise(() => undefined);
    return sceneOf({ model, layout, whole, wholeCount: this.model.nodeCount, isFlat });
  }
}
