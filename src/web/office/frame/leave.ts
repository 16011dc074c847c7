import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { newKey, write } from '#web/office/api.ts'

/** Ends the session and shows the sign-in page. */
export function useLeave(): () => Promise<void> {
  const queries = useQueryClient()
  const navigate = useNavigate()
  return async () => {
    await write('DELETE', 'session', undefined, newKey()).catch(() => undefined)
    queries.clear()
    void navigate({ to: '/sign-in' })
  }
}
