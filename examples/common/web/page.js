// What the pages of the examples share: a client of whoever `?user=` names.
import { Carillon } from '@carillon/client'

export const user = new URLSearchParams(location.search).get('user') || 'ann'

/** Where the server is, as the backend wrote it into the page. */
const server = document.querySelector('meta[name=carillon]').content

// #region client
export const rt = new Carillon(server, {
  getToken: async () => {
    const answer = await fetch(`/token?user=${encodeURIComponent(user)}`)
    if (!answer.ok) throw new Error(`no token: ${answer.status}`) // it is asked again, after a while
    return answer.text()
  },
})
// #endregion client

/** Shows the state of the connection in the element `output.state`. */
export function showState(client = rt) {
  const output = document.querySelector('output.state')
  const show = ({ state }) => {
    output.className = `state ${state}`
    output.textContent = state
  }
  show(client.state)
  client.on('state', show)
}

/** A color for a name, the same everywhere, on which white can be read. */
export function colorOf(name) {
  let hash = 0
  for (const letter of name) hash = (hash * 31 + letter.codePointAt(0)) % 360
  return `hsl(${(hash * 137) % 360} 65% 28%)`
}
