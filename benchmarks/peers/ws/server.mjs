// The least that a pub/sub server on `ws` does: a path is a channel, a message of a client or the
// body of a request goes to all of its subscribers, in a frame that is made once.
import { createServer } from 'node:http';
import { WebSocket, WebSocketServer } from 'ws';

const channels = new Map();
const server = createServer(publishBody);
const sockets = new WebSocketServer({ server, perMessageDeflate: false });

sockets.on('connection', (socket, request) => {
  const subscribers = channels.get(request.url) ?? new Set();
  channels.set(request.url, subscribers);
  subscribers.add(socket);
  socket.on('message', (data) => publish(request.url, data));
  socket.on('close', () => subscribers.delete(socket));
  socket.on('error', () => socket.terminate());
});

function publish(channel, data) {
  for (const socket of channels.get(channel) ?? []) {
    if (socket.readyState === WebSocket.OPEN) {
      socket.send(data, { binary: false });
    }
  }
}

function publishBody(request, response) {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    publish(request.url, Buffer.concat(chunks));
    response.end('ok');
  });
}

server.listen({ port: Number(process.argv[2]), host: '127.0.0.1', backlog: 4096 });
