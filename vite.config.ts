import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

const OUT = join(import.meta.dirname, 'dist/office')

// The server has no compressor of its own: every text file lies ready beside its gzip.
const precompressed: Plugin = {
  name: 'precompressed',
  apply: 'build',
  async writeBundle({ dir = OUT }) {
    for (const entry of await readdir(dir, { recursive: true })) {
      if (!/\.(js|css|html|svg)$/.test(entry)) continue
      const path = join(dir, entry)
      await writeFile(`${path}.gz`, gzipSync(await readFile(path), { level: 9 }))
    }
  },
}

export default defineConfig({
  root: join(import.meta.dirname, 'src/web/office'),
  base: '/',
  plugins: [react(), precompressed],
  build: { outDir: OUT, emptyOutDir: true, target: 'es2022', chunkSizeWarningLimit: 1200, reportCompressedSize: false },
})
