import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import smpp, { type Pdu, type Session } from 'smpp';
import { SIMULATOR_NAME } from '../../src/channels/smpp-settings.ts';

/** Answers one submit: with a name, with a status, or later. */
export type Answering = (pdu: Pdu, answer: (with_: string | number) => void, session: Session) => void;

/** An SMSC in this process that does what a test tells it, submit by submit. */
export const scriptedSmsc = async (answering: Answering, name = SIMULATOR_NAME) => {
  const bound: Session[] = [];
  const submits: Pdu[] = [];
  const server = smpp.createServer({}, (session) => {
    session.on('error', () => session.destroy());
    session.on('pdu', (pdu: Pdu) => {
      if (pdu.command.startsWith('bind_')) {
        bound.push(session);
        session.send(pdu.response({ system_id: name }));
      } else if (pdu.command === 'unbind') session.send(pdu.response());
      else if (pdu.command === 'submit_sm') {
        submits.push(pdu);
        answering(
          pdu,
          (with_) =>
            session.send(pdu.response(typeof with_ === 'string' ? { message_id: with_ } : { command_status: with_ })),
          session,
        );
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    bound,
    submits,
    close: async () => {
      for (const session of bound) session.destroy();
      server.close();
      await once(server, 'close');
    },
  };
};
