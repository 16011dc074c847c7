import { Fault } from './refusal.ts'
import { type XmlHandler, XmlScanner } from './xml-scanner.ts'

/**
 * Feeds the bytes of one XML part to a handler and gives control back after each piece, so that what the handler
 * has gathered can be taken away before the next one. UTF-8, or UTF-16 by its byte order mark.
 */
export async function* scanPart(bytes: AsyncIterable<Buffer>, handler: XmlHandler): AsyncGenerator<void> {
  const scanner = new XmlScanner(handler)
  let decoder: TextDecoder | null = null
  for await (const chunk of bytes) {
    decoder ??= decoderFor(chunk)
    scanner.write(decoder.decode(chunk, { stream: true }))
    yield
  }
  if (decoder === null) throw new Fault('import.broken', '已损坏：有部件没有内容')
  scanner.write(decoder.decode())
  scanner.end()
  yield
}

/** Reads a whole part at one go. */
export async function readPart(bytes: AsyncIterable<Buffer>, handler: XmlHandler): Promise<void> {
  for await (const _ of scanPart(bytes, handler));
}

function decoderFor(chunk: Buffer): TextDecoder {
  const mark = chunk.length >= 2 ? chunk.readUInt16BE(0) : 0
  const encoding = mark === 0xfffe ? 'utf-16le' : mark === 0xfeff ? 'utf-16be' : 'utf-8'
  return new TextDecoder(encoding, { fatal: true })
}
