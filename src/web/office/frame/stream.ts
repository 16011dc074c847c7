import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'

const RETRY_MS = [2_000, 5_000, 15_000, 30_000]
const FRESHENED: readonly unknown[] = ['me', 'notices', 'workbench', 'approvals']

/**
 * Listens to the server's notices while this tab is in front. A hidden tab gives its connection back (browsers allow
 * six to one host) and reads afresh when it comes forward again.
 */
export function useNoticeStream(): void {
  const queries = useQueryClient()
  useEffect(() => {
    let source: EventSource | null = null
    let timer = 0
    let failures = 0
    const freshen = () => {
      // And the one thing that is open: a notice may well be about it.
      void queries.invalidateQueries({
        predicate: ({ queryKey: [name, part] }) => FRESHENED.includes(name) || part === 'one',
      })
    }
    const connect = () => {
      source = new EventSource('/api/stream')
      source.addEventListener('notice', freshen)
      source.addEventListener('missed', freshen)
      source.onopen = () => {
        failures = 0
      }
      source.onerror = () => {
        if (source?.readyState !== EventSource.CLOSED) return
        timer = window.setTimeout(connect, RETRY_MS[Math.min(failures, RETRY_MS.length - 1)])
        failures += 1
      }
    }
    const disconnect = () => {
      window.clearTimeout(timer)
      source?.close()
      source = null
    }
    const follow = () => {
      disconnect()
      if (document.visibilityState === 'hidden') return
      freshen()
      connect()
    }
    connect()
    document.addEventListener('visibilitychange', follow)
    return () => {
      document.removeEventListener('visibilitychange', follow)
      disconnect()
    }
  }, [queries])
}
