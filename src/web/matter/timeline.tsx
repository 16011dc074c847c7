import type { LogEntry } from '#kernel/matter/wire.ts'
import { moment } from '#web/office/parts/format.ts'

/** Every act in its order, newest below: who, of which court, when, with which answers. */
export function Timeline({ log }: { log: LogEntry[] }) {
  if (log.length === 0) return <p className="soft">尚无记录。</p>
  return (
    <ol className="timeline">
      {[...log]
        .sort((a, b) => a.seq - b.seq)
        .map((entry) => (
          <li key={entry.seq}>
            <p className="timeline-head">
              <strong>{entry.label}</strong>
              <span>
                {entry.actorCourt} {entry.actor}
              </span>
              <time className="soft whole">{moment(entry.at)}</time>
              {entry.onDate && !moment(entry.at).startsWith(entry.onDate) ? (
                <span className="soft">发生于 {entry.onDate}</span>
              ) : null}
            </p>
            {entry.answers.length > 0 ? (
              <dl className="answers">
                {entry.answers.map(({ label, value }) => (
                  <div key={label}>
                    <dt>{label}</dt>
                    <dd>{value}</dd>
                  </div>
                ))}
              </dl>
            ) : null}
          </li>
        ))}
    </ol>
  )
}
