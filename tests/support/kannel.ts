import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { access } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { createServer as createTcp } from 'node:net';

/** Where Debian puts the parts of Kannel. */
export const KANNEL = {
  bearerbox: '/usr/sbin/bearerbox',
  smsbox: '/usr/sbin/smsbox',
  smsc: '/usr/lib/kannel/test/drive_smpp',
} as const;

/** @throws Error that says what to install when a part of Kannel is missing */
export const needKannel = async (): Promise<void> => {
  for (const program of Object.values(KANNEL))
    await access(program).catch(() => {
      throw new Error(
        `${program} is missing: install Kannel (\`apt-get install kannel kannel-extras\`) and run again.`,
      );
    });
};

/** A port of loopback that is free right now, for programs that cannot choose one themselves. */
export const freePort = async (): Promise<number> => {
  const server = createTcp().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
};

/** Takes connections and says nothing. */
export const openMute = async (port: number) => {
  const sockets = new Set<Socket>();
  const server = createTcp((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.resume();
  }).listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
};

export interface Program {
  said(): string;
  stop(): Promise<void>;
}

/** A program of Kannel, which writes what it does on standard error or output. */
export const run = (program: string, args: readonly string[], cwd: string): Program => {
  const child: ChildProcess = spawn(program, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  const hear = (chunk: unknown) => {
    said += String(chunk);
  };
  child.stdout!.on('data', hear);
  child.stderr!.on('data', hear);
  return {
    said: () => said,
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
};

/** Notes the address of every request it gets. */
export const openListener = async () => {
  const asked: URL[] = [];
  const server = createServer((request, response) => {
    asked.push(new URL(request.url!, 'http://127.0.0.1'));
    response.end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    asked,
    port: (server.address() as AddressInfo).port,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};
