import type { FastifyRequest } from 'fastify'
import { type BlobStore, BlobTooLarge, isStorageFault } from '#kernel/attachments/blob-store.ts'
import { safeFileName } from '#kernel/attachments/media-type.ts'
import { problem } from '#kernel/problem/problem.ts'
import type { StoredUpload } from './route.ts'
import { guardText } from './text-guard.ts'

/** Streams a multipart request's one file into the blob store; its other parts become fields, whatever their order. */
export async function storeUpload(
  blobs: BlobStore,
  request: FastifyRequest,
  limitBytes: number,
): Promise<StoredUpload> {
  if (!request.isMultipart()) throw problem('request.media-type')
  const fields: Record<string, string> = {}
  let stored: Omit<StoredUpload, 'fields'> | null = null
  try {
    for await (const part of request.parts({ limits: { fileSize: limitBytes + 1 } })) {
      guardText(part.fieldname)
      if (part.type === 'field') {
        guardText(part.value)
        fields[part.fieldname] = String(part.value)
      } else {
        const fileName = safeFileName(part.filename)
        const blob = await blobs.put(part.file, limitBytes)
        if (blob.sizeBytes === 0) throw problem('attachment.empty', { name: fileName })
        stored = { ...blob, fileName }
      }
    }
  } catch (error) {
    const hasBrokenOff = request.raw.destroyed && !request.raw.complete
    // What still comes is read and dropped: unread, it would stand before the next request on the same line.
    request.raw.unpipe()
    request.raw.resume()
    if (hasBrokenOff) throw problem('request.malformed')
    if (error instanceof BlobTooLarge) throw problem('request.too-large')
    if (isStorageFault(error)) throw problem('storage.unavailable', {}, { cause: error })
    if (isMisshapen(error)) throw problem('request.malformed', {}, { cause: error })
    throw error
  }
  if (!stored) throw problem('attachment.empty', { name: '（未选择）' })
  return { ...stored, fields }
}

/** The form itself can't be read: its end or a boundary is missing, or the head of a part. */
function isMisshapen(error: unknown): boolean {
  return error instanceof Error && /multipart|part header|terminated early|boundary|needle/i.test(error.message)
}
