import { posix } from 'node:path'
import { TextGatherer } from './cell-text.ts'
import { readPart, scanPart } from './part-text.ts'
import { Fault } from './refusal.ts'
import { SheetReader, type SheetRow } from './sheet-rows.ts'
import { StringTable } from './string-table.ts'
import { StylesReader } from './styles.ts'
import { attributeOf, type XmlHandler } from './xml-scanner.ts'
import { ZipArchive } from './zip-archive.ts'

/** An .xlsx opened for reading its first worksheet row by row. Close it after use. */
export class Workbook {
  readonly sheetName: string
  /** Days are counted from 1904-01-01 instead of 1899-12-30. */
  readonly from1904: boolean
  readonly #archive: ZipArchive
  readonly #sheetPart: string
  readonly #strings: StringTable
  readonly #dateStyles: ReadonlySet<number>

  private constructor(archive: ZipArchive, map: WorkbookMap, strings: StringTable, dateStyles: ReadonlySet<number>) {
    this.#archive = archive
    this.sheetName = map.sheetName
    this.from1904 = map.from1904
    this.#sheetPart = map.sheetPart
    this.#strings = strings
    this.#dateStyles = dateStyles
  }

  /** Throws a Fault where the file is no workbook that can be read. */
  static async open(path: string): Promise<Workbook> {
    const archive = await ZipArchive.open(path)
    const strings = new StringTable()
    try {
      const map = await readMap(archive)
      const styles = new StylesReader()
      if (map.stylesPart !== null) await readPart(archive.read(map.stylesPart), styles)
      if (map.stringsPart !== null) await readPart(archive.read(map.stringsPart), new StringsReader(strings))
      return new Workbook(archive, map, strings, styles.dateStyles())
    } catch (error) {
      strings.close()
      await archive.close()
      throw error
    }
  }

  /**
   * The rows of the first worksheet in the order of the file; rows without any cell that holds something come as
   * well.
   */
  async *rows(): AsyncGenerator<SheetRow> {
    const reader = new SheetReader(this.#strings, this.#dateStyles)
    for await (const _ of scanPart(this.#archive.read(this.#sheetPart), reader)) {
      const rows = reader.rows
      reader.rows = []
      yield* rows
    }
  }

  async close(): Promise<void> {
    this.#strings.close()
    await this.#archive.close()
  }
}

interface WorkbookMap {
  sheetName: string
  sheetPart: string
  from1904: boolean
  stylesPart: string | null
  stringsPart: string | null
}

async function readMap(archive: ZipArchive): Promise<WorkbookMap> {
  const roots = archive.has('_rels/.rels') ? await readRelations(archive, '_rels/.rels', '') : []
  const main = roots.find((relation) => relation.type === 'officeDocument')?.part ?? 'xl/workbook.xml'
  if (main.endsWith('.bin')) throw new Fault('import.old-format', '是二进制工作簿（.xlsb），请另存为 .xlsx 后再导入')
  if (!archive.has(main) || !main.startsWith('xl/')) throw new Fault('import.broken', '已损坏或不是 Excel 工作簿')
  const reader = new WorkbookReader()
  await readPart(archive.read(main), reader)
  const folder = posix.dirname(main)
  const relations = await readRelations(archive, `${folder}/_rels/${posix.basename(main)}.rels`, folder)
  const part = (type: string): string | null => {
    const found = relations.find((relation) => relation.type === type)?.part ?? null
    return found !== null && archive.has(found) ? found : null
  }
  for (const sheet of reader.sheets) {
    const relation = relations.find((candidate) => candidate.id === sheet.relation && candidate.type === 'worksheet')
    if (relation === undefined) continue
    if (!archive.has(relation.part)) throw new Fault('import.broken', `已损坏：缺少工作表“${sheet.name}”`)
    return {
      sheetName: sheet.name,
      sheetPart: relation.part,
      from1904: reader.from1904,
      stylesPart: part('styles'),
      stringsPart: part('sharedStrings'),
    }
  }
  throw new Fault('import.empty', '没有工作表')
}

class WorkbookReader implements XmlHandler {
  readonly sheets: { name: string; relation: string }[] = []
  from1904 = false

  open(name: string, attributes: string): void {
    if (name === 'workbookPr') this.from1904 = /^(1|true)$/i.test(attributeOf(attributes, 'date1904') ?? '')
    // The prefix of the relationships' namespace is r by custom only.
    const relation = /\s([^\s=:]+:id)\s*=/.exec(attributes)?.[1]
    if (name === 'sheet' && relation !== undefined) {
      this.sheets.push({
        name: attributeOf(attributes, 'name') ?? '',
        relation: attributeOf(attributes, relation) ?? '',
      })
    }
  }

  close(): void {
    // Nothing spans elements here.
  }

  text(): void {
    // The workbook part holds no text that counts.
  }
}

interface Relation {
  id: string
  /** The last word of the type's address; strict and transitional workbooks differ in what stands before it. */
  type: string
  part: string
}

async function readRelations(archive: ZipArchive, name: string, folder: string): Promise<Relation[]> {
  const relations: Relation[] = []
  const open = (element: string, attributes: string): void => {
    if (element !== 'Relationship' || attributeOf(attributes, 'TargetMode') === 'External') return
    const target = attributeOf(attributes, 'Target') ?? ''
    relations.push({
      id: attributeOf(attributes, 'Id') ?? '',
      type: (attributeOf(attributes, 'Type') ?? '').split('/').at(-1) ?? '',
      part: posix.normalize(target.startsWith('/') ? target.slice(1) : posix.join(folder, target)),
    })
  }
  await readPart(archive.read(name), { open, close: () => undefined, text: () => undefined })
  return relations
}

class StringsReader implements XmlHandler {
  readonly #strings: StringTable
  readonly #item = new TextGatherer()

  constructor(strings: StringTable) {
    this.#strings = strings
  }

  open(name: string): void {
    this.#item.open(name)
  }

  close(name: string): void {
    this.#item.close(name)
    if (name === 'si') this.#strings.add(this.#item.take())
  }

  text(text: string): void {
    this.#item.text(text)
  }
}
