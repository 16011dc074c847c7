import { Button } from 'antd'
import type { PreviewView } from '#kernel/documents/wire.ts'
import { write } from '#web/office/api.ts'
import { RefusalNote } from '#web/office/parts/condition.tsx'
import { useSubmission } from '#web/office/submission.ts'

/** A PDF beside the page, from what the server sent. */
export function openPdf({ pdfBase64 = '' }: PreviewView): void {
  const bytes = Uint8Array.from(atob(pdfBase64), (mark) => mark.charCodeAt(0))
  window.open(URL.createObjectURL(new Blob([bytes], { type: 'application/pdf' })), '_blank', 'noopener')
}

/** The document that an approval would issue, as it was proposed. `path` is the preview's address under /api. */
export function PreviewButton({ path }: { path: string }) {
  const preview = useSubmission<object, PreviewView>((body, key) => write('POST', path, body, key), openPdf)
  return (
    <>
      <Button loading={preview.isPending} onClick={() => preview.mutate({})}>
        预览文书
      </Button>
      <RefusalNote error={preview.error} />
    </>
  )
}
