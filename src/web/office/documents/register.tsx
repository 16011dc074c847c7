import type { DocumentView } from '#kernel/documents/wire.ts'
import { DOCUMENT_COLUMNS, useDocumentColumns } from '#web/matter/documents.tsx'
import { useListing } from '#web/office/listing.ts'
import { FilterBar, FilterDate, FilterSelect, FilterText } from '#web/office/parts/filter-bar.tsx'
import { Go } from '#web/office/parts/go.tsx'
import { PageHead } from '#web/office/parts/page-head.tsx'
import { type Column, ListingTable } from '#web/office/parts/table.tsx'
import { useFilters, useScope } from '#web/office/session.ts'

const SUBJECT: Column<DocumentView> = {
  key: 'subject',
  title: '案件或事项',
  whole: true,
  cell: ({ subject }) => <Go to={`/${subject.path}/${subject.id}`}>{subject.number}</Go>,
}

/** Every document that the court has issued, the newest first; what was voided stays in it. */
export function DocumentRegisterPage() {
  const [{ q, voided, from, to }] = useFilters()
  const scope = useScope()
  const listing = useListing<DocumentView>('documents', { scope, q, voided, from, to })
  const { columns, dialog } = useDocumentColumns()
  return (
    <>
      <PageHead title="文书登记簿" about="本院签发的格式文书；作废的文书保留编号并标明理由。" />
      <FilterBar>
        <FilterText name="q" label="编号或文书名称" />
        <FilterSelect
          name="voided"
          label="状态"
          options={[
            ['false', '已签发'],
            ['true', '已作废'],
          ]}
        />
        <FilterDate name="from" label="签发自" />
        <FilterDate name="to" label="签发至" />
      </FilterBar>
      <ListingTable
        label="文书登记簿"
        columns={[...DOCUMENT_COLUMNS, SUBJECT, ...columns]}
        listing={listing}
        rowKey={({ id }) => id}
        empty={<>文书在案件页的“文书”中制作。</>}
      />
      {dialog}
    </>
  )
}
