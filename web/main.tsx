import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { ServerProvider } from './api/server.tsx';
import { Screens } from './shell/screens.tsx';
import { Texts } from './texts/texts.tsx';
import './style/tokens.css';
import './style/components.css';
import './style/cards.css';

createRoot(document.getElementById('page')!).render(
  <StrictMode>
    <Texts>
      <ServerProvider>
        <Screens />
      </ServerProvider>
    </Texts>
  </StrictMode>,
);
