import { type Problem, problem } from '#kernel/problem/problem.ts'
import { PUBLIC_NOTICE, SERVICE_WAYS, type ServiceWay } from '#rules/service-ways.ts'

// What may follow what in serving a document; pure, from the rule (rules/service-ways.ts) and what was tried.

/** An attempt as far as the next step depends on it. */
export interface Attempt {
  seq: number
  way: string
  sentOn: string | null
  outcome: 'served' | 'failed' | null
}

/** The way that a choice names; the choice has been read strictly before. */
export function wayNamed(name: string): ServiceWay {
  return SERVICE_WAYS.find(({ way }) => way === name) as ServiceWay
}

/** The attempt whose result is awaited. */
export function awaitedOf(attempts: readonly Attempt[]): Attempt | undefined {
  return attempts.find(({ outcome }) => outcome === null)
}

export interface Result {
  way: string
  manner: string
  witness: string | null
  /** A picture is among what proves this attempt. */
  isPictured: boolean
}

/** Why a document may not count as served like this; null where it counts. */
export function whyNotServed(result: Result, awaited: Attempt | undefined): Problem | null {
  const { manners, consent, witnessed, way } = wayNamed(result.way)
  const other = whyOtherAwaited(way, awaited)
  if (other) return other
  if (!manners.includes(result.manner)) {
    return problem('service.manner', { manner: result.manner, way, manners: manners.join('、') })
  }
  // The consent was noted when it was sent.
  if (consent && awaited?.way !== way) return problem('service.consent')
  const isLeft = witnessed || result.manner === '留置住所'
  if (isLeft && !result.witness && !result.isPictured) return problem('service.witness')
  return null
}

/** What has gone out is answered before another way is tried; whoever is found during a public notice is served. */
export function whyOtherAwaited(way: string, awaited: Attempt | undefined): Problem | null {
  if (!awaited || awaited.way === way || awaited.way === PUBLIC_NOTICE.way) return null
  return problem('service.awaited', { way: awaited.way })
}

/** Why something may not be sent like this. */
export function whyNotSent(way: ServiceWay, address: string | null, consent: boolean): Problem | null {
  if (!way.sent) return problem('service.at-once', { way: way.way })
  if (way.address && !address) return problem('service.address')
  return way.consent && !consent ? problem('service.consent') : null
}

/** A public notice comes when the other ways have failed. */
export function whyNotAnnounced(attempts: readonly Attempt[]): Problem | null {
  const failed = new Set(attempts.filter(({ outcome }) => outcome === 'failed').map(({ way }) => way))
  const missing = PUBLIC_NOTICE.after.filter((way) => !failed.has(way))
  return missing.length === 0 ? null : problem('service.not-exhausted', { ways: missing.join('、') })
}
