import { describe, expect, test } from 'vitest';
import { proxyFor } from './proxy.js';

const host = 'sts.eu-west-1.amazonaws.com';
const HTTPS_PROXY = 'http://proxy.example.com:3128';

test('HTTPS_PROXY alone decides; in lower case it comes first; without a scheme it is HTTP', () => {
  expect(proxyFor(host, 443, {})).toBeUndefined();
  expect(proxyFor(host, 443, { HTTP_PROXY: HTTPS_PROXY, ALL_PROXY: HTTPS_PROXY })).toBeUndefined();
  expect(proxyFor(host, 443, { HTTPS_PROXY: ' ' })).toBeUndefined();
  expect(proxyFor(host, 443, { HTTPS_PROXY, https_proxy: 'other:8080' })).toMatchObject({
    shown: 'http://other:8080',
    variable: 'https_proxy',
    authorization: undefined,
  });
});

test('user and password are sent, and not shown', () => {
  const proxy = proxyFor(host, 443, { HTTPS_PROXY: 'https://ada:100%25%@proxy.example.com' });
  expect(proxy).toMatchObject({ shown: 'https://proxy.example.com' });
  expect(proxy?.authorization).toBe(`Basic ${Buffer.from('ada:100%25%').toString('base64')}`);
});

describe('NO_PROXY', () => {
  test.each([
    ['*', true],
    ['amazonaws.com', true],
    ['.amazonaws.com', true],
    ['*.amazonaws.com', true],
    ['example.com, .AMAZONAWS.com ', true],
    [host, true],
    [`${host}:443`, true],
    ['eu-west-1.amazonaws.com:443', true],
    [`${host}:8443`, false],
    ['onaws.com', false],
    ['aws.sts.eu-west-1.amazonaws.com', false],
    ['', false],
    [',', false],
    ['.', false],
    ['10.0.0.0/8', false],
  ])('%s: %s', (exceptions, isExcepted) => {
    expect(proxyFor(host, 443, { HTTPS_PROXY, NO_PROXY: exceptions }) === undefined).toBe(isExcepted);
  });

  test('in lower case it comes first', () => {
    expect(proxyFor(host, 443, { HTTPS_PROXY, NO_PROXY: '*', no_proxy: 'example.com' })).toBeDefined();
  });
});

test.each(['socks5://127.0.0.1:1080', 'http://', 'http://[', 'file:///etc/proxy'])('%s is no proxy', (value) => {
  expect(() => proxyFor(host, 443, { HTTPS_PROXY: value, NO_PROXY: '*' })).toThrow(
    'HTTPS_PROXY is not the address of a proxy by HTTP or HTTPS.',
  );
});
