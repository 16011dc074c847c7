// Names are searched by their single characters and pairs, because a trigram index can't serve two characters.

/** A name without spaces and dots, lower-cased: 阿依古丽·买买提 is found with any of its dots, and with none. */
export function plainName(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\s·・‧•.．]/g, '')
    .toLowerCase()
}

/** Single characters and neighbouring pairs, by code points, each once. */
export function gramsOf(plain: string): string[] {
  const points = [...plain]
  const pairs = points.slice(1).map((point, index) => `${points[index]}${point}`)
  return [...new Set([...points, ...pairs])].slice(0, 400)
}
