import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { watchActivity } from './activity.ts'
import { isTransient, onSessionEnd } from './api.ts'
import { router } from './router.tsx'

const queries = new QueryClient({
  defaultOptions: {
    // Others work on the same things: what is opened again is read again; one page's own parts share one answer.
    queries: { staleTime: 1_000, retry: (count, error) => count < 2 && isTransient(error) },
    mutations: { retry: false },
  },
})

watchActivity()

onSessionEnd(() => {
  const { pathname, href } = router.state.location
  if (pathname === '/sign-in') return
  const wasSignedIn = queries.getQueryData(['me']) !== undefined
  queries.clear()
  const search = wasSignedIn ? { next: href, ended: '1' } : { next: href }
  void router.navigate({ to: '/sign-in', search, replace: true })
})

const root = document.getElementById('root')
if (root) {
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </StrictMode>,
  )
}
