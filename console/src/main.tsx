import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { RouterProvider } from '@tanstack/react-router';
import { newRouter } from './app/router';
import { newQueryClient } from './lib/api/queries';
import { applyTheme, chosenTheme } from './lib/theme';
import './ui/style.css';
import './ui/frame.css';
import './ui/forms.css';
import './ui/lists.css';
import './ui/phone.css';

const root = document.getElementById('root');
if (root === null) {
  throw new Error('index.html has no element #root');
}
applyTheme(chosenTheme());
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={newQueryClient()}>
      <RouterProvider router={newRouter()} />
    </QueryClientProvider>
  </StrictMode>,
);
