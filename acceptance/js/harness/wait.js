const deadlineMillis = 10_000;

/** The value of the promise, or a failure that says what did not happen. */
export function within(what, promise, millis = deadlineMillis) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no ${what} within ${millis} ms`)), millis);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** The data of the next such event of anything that has `bind`. */
export function next(target, event, millis = deadlineMillis) {
  const arrived = new Promise((resolve) => {
    const handler = (data) => {
      target.unbind(event, handler);
      resolve(data);
    };
    target.bind(event, handler);
  });
  return within(event, arrived, millis);
}

/** Keeps the data of all such events from now on. */
export function all(target, event) {
  const seen = [];
  target.bind(event, (data) => seen.push(data));
  return seen;
}

/** Until the connection is in this state. */
export async function state(pusher, wanted) {
  if (pusher.connection.state !== wanted) {
    await next(pusher.connection, wanted);
  }
}

/** Until the channel is subscribed. */
export async function subscribed(channel) {
  return channel.subscribed ? channel.members : next(channel, 'pusher:subscription_succeeded');
}
