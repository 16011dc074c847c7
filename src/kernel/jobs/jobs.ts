import type { LockLine } from './lock-line.ts'

// Background work in Postgres: what is to be done stands in its own table; who does it holds an advisory lock, which
// falls with the process. A killed worker's work is found again by the next one.

export interface Job {
  /** A name for the lock: one worker at a time for it in the whole country. */
  name: string
  /**
   * Does all that waits; called again after `wake`, at the start, and every ten seconds. Ends soon after `signal`: the
   * server stops, or the lock is lost and another server may have begun.
   */
  run: (signal: AbortSignal) => Promise<void>
}

export interface JobRunner {
  wake(): void
  stop(): Promise<void>
}

const PAUSE_MS = 10_000
const RETRY_MS = 2_000

/** Starts working at once. What `run` throws is logged and tried again after two seconds. */
export function startJob(line: LockLine, job: Job, log: (line: string) => void): JobRunner {
  let stopped = false
  let again = false
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> | undefined
  let ending: AbortController | undefined

  async function once(): Promise<number> {
    const end = new AbortController()
    ending = end
    const isDone = await line.hold(job.name, async (lost) => {
      const stopped = () => end.abort()
      // The line outlives the pass: what is left on it would pile up.
      lost.addEventListener('abort', stopped)
      await job.run(end.signal).finally(() => lost.removeEventListener('abort', stopped))
    })
    return isDone && !end.signal.aborted ? PAUSE_MS : RETRY_MS
  }

  function begin(): void {
    clearTimeout(timer)
    if (stopped) return
    if (running) {
      again = true
      return
    }
    running = once()
      .catch((error: unknown) => {
        if (ending?.signal.aborted) return RETRY_MS
        log(`job ${job.name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
        return RETRY_MS
      })
      .then((pauseMs) => {
        running = undefined
        if (stopped) return
        timer = setTimeout(begin, again ? 0 : pauseMs)
        again = false
      })
  }

  begin()
  return {
    // The request that wakes the job may not have committed yet: look a moment later, not in the same breath.
    wake: () => {
      clearTimeout(timer)
      timer = setTimeout(begin, 50)
    },
    async stop() {
      stopped = true
      clearTimeout(timer)
      ending?.abort()
      await running
    },
  }
}
