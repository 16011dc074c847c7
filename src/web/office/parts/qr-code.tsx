import { qrMatrix } from './qr-matrix.ts'

const QUIET = 4

/** A text as a QR code, drawn here; nothing where it is too long for one. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const rows = qrMatrix(text)
  if (!rows) return null
  const side = rows.length + 2 * QUIET
  const squares = rows.flatMap((row, y) =>
    row.flatMap((isDark, x) => (isDark ? `M${x + QUIET} ${y + QUIET}h1v1h-1z` : [])),
  )
  return (
    <svg className="qr-code" viewBox={`0 0 ${side} ${side}`} role="img" aria-label={label} shapeRendering="crispEdges">
      <path fill="#fff" d={`M0 0h${side}v${side}h-${side}z`} />
      <path fill="#000" d={squares.join('')} />
    </svg>
  )
}
