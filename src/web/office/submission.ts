import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { newKey, Refusal } from './api.ts'

function textOf(body: unknown): string {
  if (!(body instanceof FormData)) return JSON.stringify(body) ?? ''
  return JSON.stringify(
    [...body].map(([name, value]) => [name, typeof value === 'string' ? value : [value.name, value.size]]),
  )
}

/**
 * One form's way to the server. The same content sent again keeps its idempotency key, so that a retry after a lost
 * answer has no second effect; changed content gets a new one. Afterwards everything on screen is read afresh.
 */
export function useSubmission<B, R>(send: (body: B, key: string) => Promise<R>, done?: (result: R, body: B) => void) {
  const attempt = useRef<{ text: string; key: string } | null>(null)
  const queries = useQueryClient()
  return useMutation<R, Error, B>({
    mutationFn: (body) => {
      const text = textOf(body)
      if (attempt.current?.text !== text) attempt.current = { text, key: newKey() }
      return send(body, attempt.current.key)
    },
    onError: (error) => {
      // Somebody was faster: show the thing as it is now beside the refusal.
      if (error instanceof Refusal && error.status === 409) void queries.invalidateQueries()
    },
    onSuccess: (result, body) => {
      attempt.current = null
      done?.(result, body)
      void queries.invalidateQueries()
    },
  })
}
