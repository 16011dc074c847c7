import { Input } from 'antd'

/** A reason that must be given; Ctrl+Enter sends it. */
export function ReasonField({
  id,
  label,
  value,
  change,
  send,
}: {
  id: string
  label: string
  value: string
  change: (value: string) => void
  send: () => void
}) {
  return (
    <div className="stack">
      <label htmlFor={id}>{label}</label>
      <Input.TextArea
        id={id}
        value={value}
        maxLength={500}
        autoSize={{ minRows: 3 }}
        onChange={(event) => change(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && event.ctrlKey) send()
        }}
      />
    </div>
  )
}
