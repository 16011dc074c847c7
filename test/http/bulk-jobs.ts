import type { Client } from '#test/client.ts'

/** A bulk job once it is over. */
export async function ended(client: Client, id: string) {
  let job: { state: string; done: number; refused: number; documents: number }
  do job = await client.read(`/bulk-jobs/${id}`)
  while (['waiting', 'running'].includes(job.state))
  return job
}
