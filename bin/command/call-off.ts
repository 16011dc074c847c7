/** Calls `stop` where somebody breaks this command off: with Ctrl-C, from outside, or by closing the terminal. */
export function onCallOff(stop: (signal: NodeJS.Signals) => void): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop)
}
