// Zoom and fit by mouse; each has a key.

import { Maximize, Minus, Plus } from 'lucide-react';
import { ZOOM_STEP } from '../view/camera.ts';
import { useControl } from './control-context.ts';

export function ZoomButtons() {
  const { camera } = useControl();
  const buttons = [
    { label: 'Zoom in', keys: '+', Icon: Plus, run: () => camera.zoom(ZOOM_STEP) },
    { label: 'Zoom out', keys: '-', Icon: Minus, run: () => camera.zoom(1 / ZOOM_STEP) },
    { label: 'Fit all', keys: '0', Icon: Maximize, run: () => camera.fit() },
  ];
  return (
    <div className="graph-zoom" role="group" aria-label="Zoom">
      {buttons.map(({ label, keys, Icon, run }) => (
        <button key={label} type="button" aria-label={label} title={`${label} (${keys})`} onClick={run}>
          <Icon size={15} aria-hidden="true" />
        </button>
      ))}
    </div>
  );
}
