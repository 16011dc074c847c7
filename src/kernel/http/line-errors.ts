import type { Socket } from 'node:net'
import { type Problem, problem } from '#kernel/problem/problem.ts'

/** What can't be read as HTTP at all is refused like the rest, and its line is given up. */
export function refuseLine(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) {
    socket.destroy()
    return
  }
  const refusal = refusalOf(error.code)
  const body = JSON.stringify(refusal)
  const head = [
    `HTTP/1.1 ${refusal.status} ${REASONS[refusal.status]}`,
    'Content-Type: application/problem+json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`)
}

const REASONS: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  408: 'Request Timeout',
  431: 'Request Header Fields Too Large',
}

function refusalOf(code = ''): Problem {
  if (code === 'HPE_HEADER_OVERFLOW') return problem('request.head-too-large')
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return problem('request.timeout')
  return problem('request.malformed')
}
