interface Post {
  label: string
  team: string | null
}

/** Posts in words, a team named once: 速执团队员额法官、负责人. */
export function postWords(posts: readonly Post[]): string {
  const teams = [...new Set(posts.map(({ team }) => team))]
  return teams
    .map((team) => {
      const labels = posts.filter((post) => post.team === team).map(({ label }) => label)
      return team === null ? labels.join('、') : team + labels.map((label) => label.replace(/^团队/, '')).join('、')
    })
    .join('；')
}
