import { ServerResponse, IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { jest } from '@jest/globals';
import { whenClosed } from './when-closed.js';

const aResponse = (): ServerResponse => new ServerResponse(new IncomingMessage(new Socket()));

describe('whenClosed', () => {
  it('waits for the end', () => {
    const response = aResponse();
    const then = jest.fn();
    whenClosed(response, then);
    expect(then).not.toHaveBeenCalled();
    response.emit('close');
    expect(then).toHaveBeenCalledTimes(1);
  });

  it('does not wait for an end that has been: nobody would ever tell', () => {
    const response = aResponse().destroy();
    const then = jest.fn();
    whenClosed(response, then);
    expect(then).toHaveBeenCalledTimes(1);
  });
});
