import type { KindView } from '#kernel/matter/wire.ts'

// States stand in one row in the order of the definition. An act that goes one state on is a straight arrow, one that
// skips states an arc above the row, one that goes back an arc below; the longer the way, the higher the arc.

const BOX = { width: 88, height: 38, gap: 60 }
const STEP = BOX.width + BOX.gap
const ARC = { base: 20, perState: 21 }

interface Arrow {
  key: string
  from: number
  to: number
  labels: string[]
}

function arrowsOf(kind: KindView, states: string[]): Arrow[] {
  const arrows = new Map<string, Arrow>()
  for (const { from: sources, to: target, label } of kind.actions) {
    for (const source of sources) {
      const [from, to] = [states.indexOf(source), target ? states.indexOf(target) : -1]
      if (from < 0 || to < 0 || from === to) continue
      const arrow = arrows.get(`${from}-${to}`) ?? { key: `${from}-${to}`, from, to, labels: [] }
      arrow.labels.push(label)
      arrows.set(arrow.key, arrow)
    }
  }
  return [...arrows.values()]
}

const rise = (states: number) => ARC.base + ARC.perState * states

function shapeOf({ from, to }: Arrow, top: number): { d: string; x: number; y: number } {
  if (to === from + 1) {
    const [x, y] = [from * STEP + BOX.width, top + BOX.height / 2]
    return { d: `M${x} ${y}H${x + BOX.gap - 3}`, x: x + BOX.gap / 2 - 2, y: y - 5 }
  }
  const isForward = to > from
  const lean = isForward ? 16 : -16
  const [x1, x2] = [from * STEP + BOX.width / 2 + lean, to * STEP + BOX.width / 2 - lean]
  const edge = isForward ? top : top + BOX.height
  const far = edge + (isForward ? -1 : 1) * rise(Math.abs(to - from))
  const end = edge + (isForward ? -3 : 3)
  return {
    d: `M${x1} ${edge}C${x1} ${far} ${x2} ${far} ${x2} ${end}`,
    x: (x1 + x2) / 2,
    y: edge + (far - edge) * 0.75 + 4,
  }
}

function ArrowLine({ arrow, top }: { arrow: Arrow; top: number }) {
  const { d, x, y } = shapeOf(arrow, top)
  const extra = arrow.labels.length > 2 ? '等' : ''
  return (
    <g>
      <path d={d} className="arrow" markerEnd="url(#arrow-head)" />
      <text x={x} y={y} className="arrow-label" textAnchor="middle">
        {`${arrow.labels.slice(0, 2).join('／')}${extra}`}
      </text>
    </g>
  )
}

function StateBox({ label, x, top, isEnd }: { label: string; x: number; top: number; isEnd: boolean }) {
  return (
    <g className={isEnd ? 'state-box end' : 'state-box'}>
      <rect x={x} y={top} width={BOX.width} height={BOX.height} rx={isEnd ? 19 : 4} />
      <text x={x + BOX.width / 2} y={top + BOX.height / 2 + 5} textAnchor="middle">
        {label}
      </text>
    </g>
  )
}

/** States as boxes, acts as arrows; the same facts stand in the table below, so a reader of the page loses nothing. */
export function Diagram({ kind }: { kind: KindView }) {
  const states = Object.keys(kind.states)
  const arrows = arrowsOf(kind, states)
  const above = Math.max(0, ...arrows.map(({ from, to }) => (to > from + 1 ? rise(to - from) : 0)))
  const below = Math.max(0, ...arrows.map(({ from, to }) => (to < from ? rise(from - to) : 0)))
  const top = above + 4
  const width = states.length * STEP - BOX.gap
  return (
    <div className="diagram">
      <svg
        viewBox={`-2 0 ${width + 4} ${top + BOX.height + below + 4}`}
        style={{ maxWidth: width }}
        role="img"
        aria-label={`${kind.title}流程图，内容与下表一致`}
      >
        <defs>
          <marker id="arrow-head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
            <path d="M0 0L8 4L0 8z" />
          </marker>
        </defs>
        {arrows.map((arrow) => (
          <ArrowLine key={arrow.key} arrow={arrow} top={top} />
        ))}
        {states.map((state, index) => (
          <StateBox
            key={state}
            label={kind.states[state] ?? ''}
            x={index * STEP}
            top={top}
            isEnd={kind.ends.includes(state)}
          />
        ))}
      </svg>
    </div>
  )
}
