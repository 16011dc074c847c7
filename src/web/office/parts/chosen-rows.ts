import { useState } from 'react'

/** Rows chosen in a table for an act on many; rows that may not be chosen are passed over. */
export function useChosenRows<T>(
  rows: T[],
  by: { key: (row: T) => string; may: (row: T) => boolean; name: (row: T) => string },
) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const open = rows.filter(by.may)
  return {
    rows: open.filter((row) => chosen.has(by.key(row))),
    clear: () => setChosen(new Set()),
    pick: {
      chosen,
      toggle: (key: string) =>
        setChosen(new Set(chosen.has(key) ? [...chosen].filter((each) => each !== key) : [...chosen, key])),
      toggleAll: () => setChosen(chosen.size > 0 ? new Set<string>() : new Set(open.map(by.key))),
      may: by.may,
      name: by.name,
    },
  }
}
