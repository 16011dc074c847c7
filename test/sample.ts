import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { importSample } from '#demonstration'
import type { TestServer } from './harness.ts'

const FOLDER = new URL('../src/cases/import/sample/', import.meta.url)

export const SAMPLE_PATH = fileURLToPath(new URL('样例-执行案件明细表.xlsx', FOLDER))

export interface TruthRow {
  行号: number
  案号: string
  案由: string
  立案日期: string
  标的分: number | null
  状态: string
  执行通知书发出日期: string | null
  首次网络查控发起日期: string | null
  结案方式: string | null
  案款到账日期: string | null
  案款到账分: number | null
  案款发放日期: string | null
  结案日期: string | null
  拒收: string | null
  补正: string[]
  重复?: boolean
}

export interface Truth {
  行数: number
  重复行: number
  拒收案件数: number
  可入库案件数: number
  标的合计分: number
  需补正: Record<string, number>
  行: TruthRow[]
}

export async function readTruth(): Promise<Truth> {
  return JSON.parse(await readFile(new URL('样例-执行案件明细表.truth.json', FOLDER), 'utf8')) as Truth
}

/** The sample's cases in 吉0193, as the demonstration loads them. */
export async function withSample(server: TestServer): Promise<void> {
  await importSample(server.app.services)
}
