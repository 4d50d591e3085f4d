import { createServer } from 'node:http';

/** The two endpoints that Laravel offers to Echo, for whoever the request's bearer token names. */
export class Laravel {
  static async start(app) {
    const laravel = new Laravel();
    laravel.server = createServer(async (request, response) => {
      const form = new URLSearchParams(await bodyOf(request));
      const userId = request.headers.authorization?.replace('Bearer ', '');
      const answer = answerTo(app, request.url, form, userId);
      response.writeHead(answer ? 200 : 403, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify(answer ?? {}));
    });
    await new Promise((resolve) => laravel.server.listen(0, 'localhost', resolve));
    laravel.url = `http://localhost:${laravel.server.address().port}`;
    return laravel;
  }

  stop() {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(resolve));
  }
}

async function bodyOf(request) {
  let body = '';
  for await (const part of request) {
    body += part;
  }
  return body;
}

function answerTo(app, path, form, userId) {
  const socketId = form.get('socket_id');
  const channel = form.get('channel_name');
  if (userId === undefined || channel?.includes('forbidden')) {
    return undefined;
  }
  if (path === '/broadcasting/user-auth') {
    return app.backend.authenticateUser(socketId, { id: userId });
  }
  // Laravel sends the numeric primary key of its user
  const member = { user_id: Number(userId), user_info: { id: Number(userId) } };
  return app.backend.authorizeChannel(socketId, channel, channel.startsWith('presence-') ? member : undefined);
}
