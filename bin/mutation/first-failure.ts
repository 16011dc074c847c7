import type { TestEvent } from 'node:test/reporters'

// A reporter for one mutant: its first failing test is enough, and the rest of the run is spared.

// biome-ignore lint/style/noDefaultExport: node:test asks for it
export default async function* firstFailure(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  for await (const { type, data } of events) {
    if (type !== 'test:fail') continue
    process.stdout.write(`${data.name}\n`, () => process.exit(1))
    yield ''
  }
}
