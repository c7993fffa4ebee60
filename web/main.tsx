import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Screens } from './shell/screens.tsx';
import { Texts } from './texts/texts.tsx';
import './style/tokens.css';
import './style/components.css';

const queries = new QueryClient({ defaultOptions: { queries: { retry: 1, staleTime: 2000 } } });

createRoot(document.getElementById('page')!).render(
  <StrictMode>
    <Texts>
      <QueryClientProvider client={queries}>
        <Screens />
      </QueryClientProvider>
    </Texts>
  </StrictMode>,
);
