// A TCP proxy in front of a gateway, with the faults of the networks between it and readers.
import { once } from 'node:events';
import net from 'node:net';

const upgrade = /^upgrade:\s*websocket\b/im;

/**
 * Starts a proxy on a free loopback port.
 * @param {string} target The gateway's origin; can be changed later by `proxy.target`.
 */
export async function startProxy(target) {
  const pairs = new Set();
  const proxy = {
    target,
    /** What becomes of WebSocket upgrades: `pass`, `refuse` (502), or `swallow` (never answered). */
    upgrades: 'pass',
    upgradesSeen: 0,
    /** What `GET /page` answers, so that a browser has a page of the same origin. */
    page: '',
    connections: () => pairs.size,

    /** Cuts every connection hard, as a cable or a radio does. */
    cut() {
      pairs.forEach(({ near, far }) => {
        near.resetAndDestroy();
        far?.resetAndDestroy();
      });
    },

    /** Carries nothing on the connections there are, without closing them. New ones are carried. */
    stall() {
      pairs.forEach((pair) => pair.stall());
    },

    flow: () => pairs.forEach((pair) => pair.flow()),

    async stop() {
      server.close();
      proxy.cut();
      await once(server, 'close');
    },
  };

  const server = net.createServer((near) => {
    const pair = { near, far: undefined, stall: () => {}, flow: () => {} };
    pairs.add(pair);
    near.on('error', () => {});
    near.once('close', () => {
      pairs.delete(pair);
      pair.far?.destroy();
    });
    near.once('data', (head) => {
      if (head.toString('latin1').startsWith('GET /page ')) {
        const page = Buffer.from(proxy.page);
        near.write(`HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: ${page.length}\r\n`);
        near.write('Connection: close\r\n\r\n');
        near.end(page);
        return;
      }
      if (upgrade.test(head.toString('latin1'))) {
        proxy.upgradesSeen++;
        if (proxy.upgrades === 'refuse') {
          near.end('HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
        }
        if (proxy.upgrades !== 'pass') {
          return;
        }
      }
      const { hostname, port } = new URL(proxy.target);
      const far = net.connect(Number(port), hostname);
      pair.far = far;
      far.on('error', () => {});
      // A clean end travels along the pipe, behind what is still under way.
      far.once('close', (failed) => failed && near.destroy());
      far.write(head);
      near.pipe(far).pipe(near);
      pair.stall = () => {
        near.unpipe(far).pause();
        far.unpipe(near).pause();
      };
      pair.flow = () => {
        near.pipe(far).pipe(near);
        if (far.destroyed) {
          near.destroy();
        }
      };
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  proxy.url = `http://127.0.0.1:${server.address().port}/graphql`;
  return proxy;
}
