import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { CSPProvider } from '@base-ui/react/csp-provider';
import { App } from './app/app.tsx';
import { applyTheme } from './lib/theme.ts';
import './app/tokens.css';
import './app/styles.css';
import './app/shell.css';
import './components/components.css';
import './components/overlays.css';

const root = document.querySelector('#root');
if (root === null) throw new Error('index.html has no #root');
applyTheme();
createRoot(root).render(
  <StrictMode>
    <CSPProvider disableStyleElements>
      <App />
    </CSPProvider>
  </StrictMode>,
);
