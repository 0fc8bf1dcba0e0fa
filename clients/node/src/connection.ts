import { readFileSync } from "node:fs";
import { isIP } from "node:net";

import { credentials, type ChannelCredentials, type ChannelOptions } from "@grpc/grpc-js";

import { SERVICE_CONFIG } from "./gen/service_config.js";
import { VERSION } from "./gen/version.js";

/** How a server is reached. */
export interface ClientOptions {
  /** Shows who is calling; never sent unencrypted to another machine. */
  token?: string | undefined;
  /** PEM file of the authorities to trust instead of the usual ones. */
  caFile?: string | undefined;
  /** PEM file of the certificate, with its chain, for a server that asks its callers for one.  With `keyFile`. */
  certificateFile?: string | undefined;
  /** PEM file of the key of `certificateFile`. */
  keyFile?: string | undefined;
  /** Milliseconds that a call may take, attempts that fail included; 60,000 when left out.  Not for streams of reports. */
  timeoutMs?: number | undefined;
}

export interface Connection {
  address: string;
  credentials: ChannelCredentials;
  options: ChannelOptions;
}

const TARGET = /^(?:(?<scheme>[a-z]+):\/\/)?(?<host>\[[0-9A-Fa-f:.]+\]|[^\s:/@?#[\]]+):(?<port>\d{1,5})\/?$/;

/** Reads a target.  TypeError where it is none or has no use for certificates. */
export function parseTarget(target: string, certificates: boolean): { address: string; loopback: boolean; tls: boolean } {
  const { scheme, host = "", port = "" } = TARGET.exec(target)?.groups ?? {};
  const known = scheme === undefined || scheme === "http" || scheme === "https";
  if (!known || !host || Number(port) < 1 || Number(port) > 65535) {
    throw new TypeError(`"${target}" is not HOST:PORT, http://HOST:PORT or https://HOST:PORT`);
  }
  const loopback = isLoopback(host);
  const tls = scheme === undefined ? certificates || !loopback : scheme === "https";
  if (certificates && !tls) throw new TypeError(`${target} is not encrypted and has no use for certificates`);
  return { address: `${host}:${port}`, loopback, tls };
}

function isLoopback(host: string): boolean {
  return host.toLowerCase() === "localhost" || host === "[::1]" || (isIP(host) === 4 && host.startsWith("127."));
}

/** What gRPC needs to reach `target`.  TypeError where the options do not fit together. */
export function connection(target: string, options: ClientOptions): Connection {
  const { token, caFile, certificateFile, keyFile } = options;
  const { address, loopback, tls } = parseTarget(target, caFile !== undefined || certificateFile !== undefined);
  if ((certificateFile === undefined) !== (keyFile === undefined)) {
    throw new TypeError("certificateFile and keyFile belong together");
  }
  if (token !== undefined) {
    // Blanks and line breaks would end the header or begin another one.
    if (!/^[!-~]+$/.test(token)) throw new TypeError("the token is empty or holds characters that no token has");
    if (!tls && !loopback) throw new TypeError(`refused to send a token to ${address} unencrypted; use https://`);
  }
  const channelOptions: ChannelOptions = {
    "grpc.service_config": SERVICE_CONFIG,
    // What the DNS says of the service does not replace it.
    "grpc.service_config_disable_resolution": 1,
    "grpc.primary_user_agent": `crossfoot-node/${VERSION}`,
    // Results have no fixed bound: each figure of a long report with its evidence.
    "grpc.max_receive_message_length": -1,
    // What is larger than these buffers is never tried again.
    "grpc.per_rpc_retry_buffer_size": 2 ** 31 - 1,
    "grpc.retry_buffer_size": 2 ** 31 - 1,
    "grpc.initial_reconnect_backoff_ms": 200,
    // A server that is gone without a word ends a stream that has no deadline.
    "grpc.keepalive_time_ms": 60_000,
    "grpc.keepalive_timeout_ms": 20_000,
  };
  // This machine is reached without the proxy of the environment, also by a token.
  if (loopback) channelOptions["grpc.enable_http_proxy"] = 0;
  const read = (file: string | undefined): Buffer | null => (file === undefined ? null : readFileSync(file));
  return {
    address,
    credentials: tls
      ? credentials.createSsl(read(caFile), read(keyFile), read(certificateFile))
      : credentials.createInsecure(),
    options: channelOptions,
  };
}
