import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { connected, message } from '../../tests/support/channel-kit.ts';
import { httpTo, openHttpTo } from '../../tests/support/http-bench.ts';
import { impostor } from '../../tests/support/impostor.ts';
import { scriptedGateway } from '../../tests/support/scripted-gateway.ts';
import { goodNumber, numberEnding } from '../../tests/support/smpp-bench.ts';
import { startGateway, until } from '../../tests/support/smsc.ts';
import { openExchanger } from './http-exchange.ts';
import { type HttpSettings, Secret } from './http-settings.ts';

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

type Answering = Parameters<typeof scriptedGateway>[0];

const scripted = async (answering: Answering, changes: Partial<HttpSettings> = {}) => {
  const gateway = await scriptedGateway(answering);
  cleanups.push(gateway.close);
  const channel = openHttpTo(gateway.port, { timeoutSeconds: 2, ...changes });
  cleanups.push(channel.close);
  await connected(channel);
  return { gateway, channel };
};

const simulated = async (args: readonly string[], changes: Partial<HttpSettings> = {}) => {
  const gateway = await startGateway(args);
  cleanups.push(gateway.remove);
  const channel = openHttpTo(gateway.port, { timeoutSeconds: 2, ...changes });
  cleanups.push(channel.close);
  return { gateway, channel };
};

/** `kind code retry` of what became of one message. */
const fateOf = async (answering: Answering, changes: Partial<HttpSettings> = {}): Promise<string> => {
  const { channel } = await scripted(answering, changes);
  const [outcome] = await channel.send([message(goodNumber(1))]);
  return outcome!.kind === 'refused' ? `refused ${outcome!.code} ${outcome!.retry}` : outcome!.kind;
};

describe('what a gateway answers', () => {
  it.each([
    [200, 'accepted'],
    [202, 'accepted'],
    [204, 'uncertain'],
    [302, 'uncertain'],
    [400, 'refused rejected false'],
    [401, 'refused sign-on true'],
    [402, 'refused credit false'],
    [403, 'refused sign-on true'],
    [404, 'refused rejected false'],
    [413, 'refused content false'],
    [429, 'refused throttled true'],
    [500, 'uncertain'],
    [502, 'uncertain'],
    [503, 'refused throttled true'],
    [504, 'uncertain'],
  ])('%i is %s', async (status, fate) => {
    expect(await fateOf((_, answer) => answer(status))).toBe(fate);
  });

  const byCode: Partial<HttpSettings> = {
    accepted: { statuses: [200], path: 'result.code', equals: '100' },
    refusals: [
      { path: 'result.code', equals: '103', code: 'credit', retry: false },
      { status: 500, path: 'result.code', equals: '99', code: 'throttled', retry: true },
    ],
  };
  it.each([
    [200, { result: { code: 100 } }, 'accepted'],
    [200, { result: { code: '100' } }, 'accepted'],
    [200, { result: { code: 103 } }, 'refused credit false'],
    // Nobody said what that means: it may be out.
    [200, { result: { code: 118 } }, 'uncertain'],
    [200, 'OK', 'uncertain'],
    [500, { result: { code: 99 } }, 'refused throttled true'],
    [200, { result: { code: 99 } }, 'uncertain'],
    [400, { result: { code: 100 } }, 'refused rejected false'],
  ])('%i with %j, by its own codes, is %s', async (status, body, fate) => {
    expect(await fateOf((_, answer) => answer(status, body), byCode)).toBe(fate);
  });

  it('an answer that breaks off, or is longer than any answer, is uncertain', async () => {
    expect(await fateOf((_, __, socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\n{"id":'), {})).toBe(
      'uncertain',
    );
    expect(await fateOf((_, answer) => answer(200, 'x'.repeat(100_000)))).toBe('uncertain');
  });

  it('its name for a message stays as it was written, however long a number it is', async () => {
    const { channel } = await scripted((_, answer) => answer(200, '{"data":[{"sid":12345678901234567890}]}'), {
      ref: 'data.0.sid',
    });
    expect(await channel.send([message(goodNumber(1))])).toMatchObject([{ refs: ['12345678901234567890'] }]);
  });

  it('without a name of its own, our name is the one', async () => {
    const { channel } = await scripted((_, answer) => answer(200, 'OK'), { ref: null });
    const one = message(goodNumber(1));
    expect(await channel.send([one])).toMatchObject([{ kind: 'accepted', refs: [one.deliveryId] }]);
  });
});

describe('what a gateway is told', () => {
  it('as JSON, nothing filled in twice and secrets as they are', async () => {
    const { channel, gateway } = await scripted((_, answer) => answer(200, { id: 'n' }), {
      headers: { authorization: new Secret('Bearer {id}'), 'idempotency-key': '{id}' },
      body: { json: { list: [{ phone: '{to}', content: '{text}', brand: '{sender}' }], key: new Secret('k'), n: 2 } },
    });
    const one = message(goodNumber(1), 'Mời {to} "họp" \\ 8h');
    await channel.send([one]);
    const [{ method, url, headers, body }] = gateway.heard as [(typeof gateway.heard)[0]];
    expect([method, url]).toEqual(['POST', '/send']);
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      authorization: 'Bearer {id}',
      'idempotency-key': one.deliveryId,
    });
    expect(JSON.parse(body)).toEqual({
      list: [{ phone: goodNumber(1), content: 'Mời {to} "họp" \\ 8h', brand: 'XA-THU' }],
      ...{ key: 'k', n: 2 },
    });
    // A greeting tells nothing.
    expect(gateway.greeted[0]).toMatchObject({ method: 'OPTIONS', url: '/send', body: '' });
    expect(gateway.greeted[0]!.headers).not.toHaveProperty('authorization');
  });

  it.each([
    ['+84', '+84540000150'],
    ['84', '84540000150'],
    ['0', '0540000150'],
  ] as const)('as a form, numbers as %s', async (numbers, to) => {
    const { channel, gateway } = await scripted((_, answer) => answer(200), {
      numbers,
      body: { form: { to: '{to}', msg: '{text}' } },
    });
    await channel.send([message(goodNumber(1), 'A & B = ơ')]);
    expect(gateway.heard[0]!.headers['content-type']).toBe('application/x-www-form-urlencoded');
    expect(Object.fromEntries(new URLSearchParams(gateway.heard[0]!.body))).toEqual({ to, msg: 'A & B = ơ' });
  });

  it('in the address, with GET', async () => {
    const { channel, gateway } = await scripted((_, answer) => answer(200), {
      ...{ method: 'GET', body: {}, query: { to: '{to}', text: '{text}', key: new Secret('a b') } },
    });
    await channel.send([message(goodNumber(1), 'A & B')]);
    const { method, url, body } = gateway.heard[0]!;
    expect([method, body]).toEqual(['GET', '']);
    const { pathname, searchParams } = new URL(url, 'http://x');
    expect([pathname, Object.fromEntries(searchParams)]).toEqual([
      '/send',
      { to: goodNumber(1), text: 'A & B', key: 'a b' },
    ]);
  });

  it('never more at a time than agreed', async () => {
    let [open, most] = [0, 0];
    const { channel } = await scripted(
      (_, answer) => {
        open += 1;
        most = Math.max(most, open);
        setTimeout(() => {
          open -= 1;
          answer(200);
        }, 10);
      },
      { concurrency: 4 },
    );
    const outcomes = await channel.send(Array.from({ length: 30 }, (_, n) => message(goodNumber(n))));
    expect(outcomes.filter(({ kind }) => kind === 'accepted')).toHaveLength(30);
    expect(most).toBe(4);
  });

  it('what does not get its turn in time was never written', async () => {
    const { channel, gateway } = await scripted(() => {}, { concurrency: 1, timeoutSeconds: 1 });
    const outcomes = await channel.send([message(goodNumber(1)), message(goodNumber(2))]);
    expect(outcomes).toMatchObject([{ kind: 'uncertain' }, { kind: 'refused', code: 'throttled', retry: true }]);
    expect(gateway.heard).toHaveLength(1);
  });
});

describe('whether anything was written', () => {
  const silentServer = async () => {
    const heard: Buffer[] = [];
    const sockets: Socket[] = [];
    const server = createServer((socket) => {
      sockets.push(socket);
      socket.on('data', (chunk) => heard.push(chunk)).on('error', () => {});
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    cleanups.push(async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    });
    return { port: (server.address() as AddressInfo).port, heard, sockets };
  };
  const ask = async (url: string) => {
    const exchanger = openExchanger({ url, timeoutSeconds: 1, simulator: false });
    cleanups.push(async () => exchanger.close());
    return exchanger.exchange({ method: 'POST', url, headers: { 'x-key': 'k' }, body: 'nội dung' });
  };

  it('is known: not when nobody listens, or nobody knows the name', async () => {
    expect(await ask('http://127.0.0.1:1/')).toMatchObject({ kind: 'unwritten', detail: 'ECONNREFUSED' });
    expect(await ask('https://khong-co.invalid/')).toMatchObject({ kind: 'unwritten' });
  });

  it('nor while the other end has not proved who it is', async () => {
    const { port, heard } = await silentServer();
    expect(await ask(`https://127.0.0.1:${port}/`)).toMatchObject({ kind: 'unwritten' });
    expect(Buffer.concat(heard).toString('latin1')).not.toContain('x-key');
  });

  it('nor when it proves to be somebody else', async () => {
    const { port, heard, close } = await impostor();
    cleanups.push(close);
    expect(await ask(`https://127.0.0.1:${port}/`)).toMatchObject({ kind: 'unwritten' });
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(heard).toEqual([]);
  });

  it('but from then on it may have arrived', async () => {
    const { port, heard } = await silentServer();
    expect(await ask(`http://127.0.0.1:${port}/`)).toMatchObject({ kind: 'lost', broke: false });
    expect(Buffer.concat(heard).toString('utf8')).toContain('nội dung');
  });
});

describe('who the other end is', () => {
  const faulty = async (args: readonly string[], changes: Partial<HttpSettings>) => {
    const { channel, gateway } = await simulated(args, changes);
    await until(() => channel.state().fault);
    const to = changes.simulator === false ? '+99912345678' : goodNumber(1);
    expect(await channel.send([message(to)])).toMatchObject([{ kind: 'refused', code: 'rejected', retry: true }]);
    expect(await gateway.lines('submit')).toEqual([]);
    expect(channel.state()).toMatchObject({ connected: false, fault: { code: 'rejected' } });
  };

  it('a simulator is believed only when the other end says so itself', () =>
    faulty(['--anonymous'], { simulator: true }));

  it('a simulator is never taken for a gateway', () => faulty([], { simulator: false }));

  it('also when it turns into one later: the rest stays here', async () => {
    const { channel, gateway } = await scripted((_, answer) => answer(200, {}, { 'x-lantoa-simulator': '1' }), {});
    expect(await channel.send([message(goodNumber(1))])).toMatchObject([{ kind: 'accepted' }]);
    expect(gateway.heard).toHaveLength(1);
    const other = await scriptedGateway((_, answer) => answer(200, {}, { 'x-lantoa-simulator': '1' }), {
      simulator: false,
    });
    cleanups.push(other.close);
    const real = openHttpTo(other.port, { simulator: false });
    cleanups.push(real.close);
    await connected(real);
    expect(await real.send([message('+99912345678')])).toMatchObject([{ kind: 'uncertain' }]);
    expect(await real.send([message('+99912345679')])).toMatchObject([{ kind: 'refused', code: 'rejected' }]);
    expect(other.heard).toHaveLength(1);
  });

  it('invented numbers never leave for a gateway, and real ones never for a simulator', async () => {
    const gateway = await simulated(['--anonymous'], { simulator: false });
    await connected(gateway.channel);
    const refused = { kind: 'refused', code: 'synthetic', retry: false };
    expect(await gateway.channel.send([message(goodNumber(1))])).toMatchObject([refused]);
    const simulator = await simulated([]);
    await connected(simulator.channel);
    expect(await simulator.channel.send([message('+99912345678')])).toMatchObject([refused]);
    expect([...(await gateway.gateway.lines('submit')), ...(await simulator.gateway.lines('submit'))]).toEqual([]);
  });

  it('whoever stands in front of a gateway that is away is none', async () => {
    const gateway = await scriptedGateway(() => {}, { greeting: 503 });
    cleanups.push(gateway.close);
    const channel = openHttpTo(gateway.port);
    cleanups.push(channel.close);
    await until(() => channel.state().fault);
    expect(channel.state().fault).toEqual({ code: 'unreachable', detail: 'HTTP 503' });
  });
});

describe('the network by the number', () => {
  it('each number fares as the profile says', async () => {
    const { channel, gateway } = await simulated([]);
    await connected(channel);
    const endings = ['01', '02', '03', '06', '08', '09', '10'];
    const outcomes = await channel.send(endings.map((ending) => message(numberEnding(ending))));
    expect(outcomes.map((one) => (one.kind === 'refused' ? `${one.code} ${one.retry}` : one.kind))).toEqual([
      'accepted', 'accepted', 'bad-number false', 'accepted', 'rejected false', 'accepted', 'accepted',
    ]); // biome-ignore format: one for each number
    const taken = await gateway.lines('submit');
    expect(Object.fromEntries(taken.map(({ to, receipt }) => [to.slice(-2), receipt]))).toEqual({
      ...{ '01': 'UNDELIV', '02': 'EXPIRED', '06': null, '09': 'DELIVRD', '10': 'DELIVRD' },
    });
  });

  it('too fast is to be tried again, and goes well the third time', async () => {
    const { channel } = await simulated([]);
    await connected(channel);
    const send = async () => (await channel.send([message(numberEnding('04'))]))[0];
    expect(await send()).toMatchObject({ kind: 'refused', code: 'throttled', retry: true });
    expect(await send()).toMatchObject({ kind: 'refused', code: 'throttled', retry: true });
    expect(await send()).toMatchObject({ kind: 'accepted' });
  });
});

it('a secret is not shown by whoever prints the settings', () => {
  const settings = httpTo(1, { headers: { authorization: new Secret('rat-bi-mat') } });
  expect(JSON.stringify(settings)).not.toContain('rat-bi-mat');
  expect(JSON.stringify(settings)).toContain('***');
});
