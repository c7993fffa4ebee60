// what every screen shares comes first: a screen's own style has the last word
import './style/tokens.css';
import './style/components.css';
import './style/cards.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { ServerProvider } from './api/server.tsx';
import { Screens } from './shell/screens.tsx';
import { Texts } from './texts/texts.tsx';

createRoot(document.getElementById('page')!).render(
  <StrictMode>
    <Texts>
      <ServerProvider>
        <Screens />
      </ServerProvider>
    </Texts>
  </StrictMode>,
);
