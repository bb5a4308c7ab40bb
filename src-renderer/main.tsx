// Starts the page: stores first, then React on top of them.

import './theme/fonts.css';
import './theme/tokens.css';
import './theme/base.css';
import './widgets/widgets.css';
import './shell/shell.css';
import './home/home.css';
import './sla/sla.css';
import './order/order.css';
import './sources/sources.css';
import './inspector/inspector.css';
import './timeline/timeline.css';
import { createRoot } from 'react-dom/client';
import { connectFrom } from './client/connect.ts';
import { AppShell } from './shell/app-shell.tsx';
import { createApp } from './state/app.ts';
import { AppContext } from './state/use-app.ts';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
const app = createApp(connectFrom(window), window);
createRoot(root).render(
  <AppContext value={app}>
    <AppShell />
  </AppContext>,
);
