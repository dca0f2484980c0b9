/** Is this the address of the machine itself? */
export const isLoopback = (address: string | undefined): boolean =>
  address !== undefined && /^(?:::ffff:)?127\.|^::1$/u.test(address);

/** Does this name or address stand for the machine itself, before anybody is asked? */
export const isLoopbackName = (host: string): boolean =>
  host === 'localhost' || isLoopback(host.replace(/^\[(.+)\]$/u, '$1'));
