import { Carillon } from '@carillon/client';
import { TestServer } from '@carillon/client/testing';
const store = new Map();
const own = () => undefined;
/** Everything anew, for one snippet. */
export function prepare() {
    const server = new TestServer();
    const rt = new Carillon('https://rt.example.com', { getToken: () => 'allows everything', ...server.options });
    const words = async function* () {
        yield* ['to ', 'be ', 'or ', 'not'];
    };
    Object.assign(globalThis, {
        server,
        rt,
        room: rt.channel('chat:42'),
        signal: new AbortController().signal,
        model: words(),
        save: async (name, value) => void store.set(name, value),
        load: async (name) => store.get(name),
        ...Object.fromEntries(['render', 'show', 'prepend', 'reload', 'setMembers', 'setCount', 'setTyping', 'move', 'toast'].map((name) => [name, own])),
        list: [],
        x: 1,
        y: 2,
    });
    store.clear();
    return server;
}
