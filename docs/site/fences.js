// What is said behind the language of a block: `file=` names what it is a part of, other words are for the tests.
import { sourceLink } from './links.js'

/** Blocks that are a part of a file get a caption with a link to it. */
export function fileCaptions(markdown) {
  const fence = markdown.renderer.rules.fence
  markdown.renderer.rules.fence = (tokens, at, ...rest) => {
    const [language, ...words] = tokens[at].info.trim().split(/\s+/)
    const file = words.find((word) => word.startsWith('file='))?.slice('file='.length).split('#')[0]
    tokens[at].info = language
    const block = fence(tokens, at, ...rest)
    if (!file) return block
    return `<p class="block-file"><a href="${sourceLink(file)}" target="_self">${markdown.utils.escapeHtml(file)}</a></p>\n${block}`
  }
}
