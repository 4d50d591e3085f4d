// Publishes from Node, with nothing but fetch. node publish.mjs, with CARILLON_URL, CARILLON_KEY and CARILLON_SECRET.
// #region publish
const { CARILLON_URL: url = 'http://localhost:8080', CARILLON_KEY: key, CARILLON_SECRET: secret } = process.env

const answer = await fetch(`${url}/v1/channels/orders/messages`, {
  method: 'POST',
  headers: { authorization: `Basic ${btoa(`${key}:${secret}`)}`, 'content-type': 'application/json' },
  body: JSON.stringify({ name: 'placed', data: { order: 4711 }, id: 'order-4711' }),   // the id makes a retry harmless
})
console.log(answer.status, await answer.json())
// #endregion publish
