// Whether somebody sits here. The server ends a session that nobody uses; what a page reads by itself says so and
// counts for nothing, and the tabs of one browser tell each other when they were used.

const AWAY_AFTER_MS = 60_000

let handAt = Date.now()
let usedAt = Date.now()
const tabs = typeof BroadcastChannel === 'function' ? new BroadcastChannel('use') : null

/** Follows keys and pointers of this tab, and what the other tabs say. */
export function watchActivity(): void {
  const note = () => {
    handAt = Date.now()
  }
  for (const event of ['pointerdown', 'keydown'] as const) document.addEventListener(event, note, { capture: true })
  tabs?.addEventListener('message', ({ data }: MessageEvent<number>) => {
    usedAt = Math.max(usedAt, data)
  })
}

/** True where keys or pointer were used lately: what is asked now is asked by a person. */
export function isAttended(): boolean {
  return Date.now() - handAt < AWAY_AFTER_MS
}

/** The server has answered a person here. */
export function noteUse(): void {
  usedAt = Date.now()
  tabs?.postMessage(usedAt)
}

/** Milliseconds since the server last answered a person in any tab. */
export function unusedForMs(): number {
  return Date.now() - usedAt
}
