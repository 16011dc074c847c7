import { join } from 'node:path'
import { build } from 'vite'

// node bin/office/build.ts FOLDER: builds the web interface into a folder, in a process of its own because the builder
// keeps its memory. The last line of standard output is a JSON list of the files it was made of.

const [outDir = ''] = process.argv.slice(2)
const root = join(import.meta.dirname, '..', '..')
const result = await build({
  configFile: join(root, 'vite.config.ts'),
  logLevel: 'warn',
  build: { outDir, emptyOutDir: true },
})
const outputs = [result].flat().flatMap((part) => ('output' in part ? part.output : []))
const modules = outputs.flatMap((chunk) => (chunk.type === 'chunk' ? chunk.moduleIds : []))
console.log(JSON.stringify([...new Set(modules)]))
