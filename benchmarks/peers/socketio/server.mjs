// Rooms as channels; with a second argument, an address of Redis, several processes share them.
import { createServer } from 'node:http';
import { createAdapter } from '@socket.io/redis-adapter';
import { createClient } from 'redis';
import { Server } from 'socket.io';

const [port, redis] = process.argv.slice(2);
const server = createServer();
const io = new Server(server, {
  transports: ['websocket'],
  perMessageDeflate: false,
  pingInterval: 300_000,
  pingTimeout: 300_000,
});

if (redis) {
  const publisher = createClient({ url: redis });
  const subscriber = publisher.duplicate();
  await Promise.all([publisher.connect(), subscriber.connect()]);
  io.adapter(createAdapter(publisher, subscriber));
}

io.on('connection', (socket) => {
  socket.on('join', async (channel, done) => {
    await socket.join(channel);
    done('ok');
  });
  socket.on('publish', (channel, data) => io.to(channel).emit('m', data));
});

// Socket.IO put its own listener in front; all else is a publish.
server.on('request', (request, response) => {
  if (request.url.startsWith('/socket.io/')) {
    return;
  }
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    io.to(request.url.slice(1)).emit('m', Buffer.concat(chunks).toString());
    response.end('ok');
  });
});

server.listen({ port: Number(port), host: '127.0.0.1', backlog: 4096 });
