// Listens in Node. node worker.mjs, with CARILLON_URL and CARILLON_KEY.
// #region worker
import { Carillon } from '@carillon/client'
import WebSocket from 'ws'   // Node 20 has no WebSocket of its own; Node 22 has

const rt = new Carillon(process.env.CARILLON_URL ?? 'http://localhost:8080', { key: process.env.CARILLON_KEY, WebSocket })
const orders = rt.channel('orders')

await orders.on('placed', (m) => console.log(`order ${m.data.order} at ${m.epoch}@${m.offset}`)).ready
console.log('listening')
// #endregion worker
