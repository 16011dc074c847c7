import type { FastifyInstance } from 'fastify'
import type { Services } from '#kernel/matter/acting.ts'
import { takeIn } from './intake.ts'
import { keepLedger, nameDeputies, proposeRelated, startSanction } from './ledger.ts'
import { openScene } from './scene.ts'
import { applyForSearch, giveTasks, inquireOffline, takeClues } from './searching.ts'
import { serveNotices, setDocuments } from './serving.ts'

// A morning's work in the demonstration: what an export of cases does not have (核查、分流、分案、文书、送达、查控、线索…),
// done by its people by the same requests as from their browsers, while the server already serves.

/** Does all of it, one request after the other; ends early, without complaint, when the signal is given. */
export async function fillDemonstration(
  app: { server: FastifyInstance; services: Services },
  signal: AbortSignal,
): Promise<void> {
  try {
    const scene = await openScene(app, signal)
    await setDocuments(scene)
    const cases = await takeIn(scene)
    await giveTasks(scene, cases)
    await inquireOffline(scene, cases)
    await takeClues(scene, cases)
    await serveNotices(scene, cases)
    await applyForSearch(scene, cases)
    await keepLedger(scene)
    await proposeRelated(scene)
    await startSanction(scene, cases[1] ?? (cases[0] as (typeof cases)[number]))
    await nameDeputies(scene)
  } catch (error) {
    if (!signal.aborted) throw error
  }
}
