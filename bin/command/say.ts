/**
 * Writes the last line and ends the process when it has been taken: a pipe holds 64 kB, and exit() would cut the rest.
 */
export function finish(line: string, status: number): Promise<never> {
  process.exitCode = status
  return new Promise(() => {
    process.stdout.write(`${line}\n`, () => process.exit(status))
  })
}

/** How every command refuses: one sentence, or with --json one object; exit status 2. */
export function refuse(asJson: boolean, code: string, message: string): Promise<never> {
  return finish(asJson ? JSON.stringify({ error: { code, message } }) : `拒绝：${message}`, 2)
}
