import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import http2 from "node:http2";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { test as testWithin, type TestContext } from "node:test";

import { create, fromBinary, toBinary, type DescMessage, type Message } from "@bufbuild/protobuf";
import * as grpc from "@grpc/grpc-js";
import { Client, CrossfootError, places, VERSION, type ClientOptions } from "crossfoot";
import * as v1 from "crossfoot/v1";

// A call that never ends fails its test instead of holding up all.
const test = (name: string, run: (context: TestContext) => void | Promise<void>): void =>
  void testWithin(name, { timeout: 20_000 }, run);

type Duplex = grpc.ServerDuplexStream<v1.ValidateDocumentsRequest, v1.ValidateDocumentsResponse>;

// Definitions for gRPC of the methods that the tests answer.
function definition(service: string, name: string, input: DescMessage, output: DescMessage, streams = [false, false]) {
  return {
    path: `/crossfoot.v1.${service}/${name}`,
    requestStream: streams[0] ?? false,
    responseStream: streams[1] ?? false,
    requestSerialize: (message: Message) => Buffer.from(toBinary(input, message)),
    requestDeserialize: (bytes: Buffer) => fromBinary(input, bytes),
    responseSerialize: (message: Message) => Buffer.from(toBinary(output, message)),
    responseDeserialize: (bytes: Buffer) => fromBinary(output, bytes),
  };
}

const SERVICE = {
  validate: definition("ValidationService", "ValidateDocument", v1.ValidateDocumentRequestSchema, v1.ValidateDocumentResponseSchema),
  stream: definition("ValidationService", "ValidateDocuments", v1.ValidateDocumentsRequestSchema, v1.ValidateDocumentsResponseSchema, [true, true]),
  create: definition("DocumentService", "CreateDocument", v1.CreateDocumentRequestSchema, v1.DocumentSchema),
  upload: definition("DocumentService", "UploadDocument", v1.UploadDocumentRequestSchema, v1.DocumentSchema, [true, false]),
  rules: definition("RuleService", "ListRules", v1.ListRulesRequestSchema, v1.ListRulesResponseSchema),
};

/** A client of a server that answers as the test says; both are gone at its end. */
async function serve(
  context: TestContext,
  handlers: { [Name in keyof typeof SERVICE]?: grpc.UntypedHandleCall },
  options: ClientOptions = {},
): Promise<Client> {
  const server = new grpc.Server({ "grpc.max_receive_message_length": -1 });
  const names = Object.keys(handlers) as (keyof typeof SERVICE)[];
  server.addService(Object.fromEntries(names.map((name) => [name, SERVICE[name]])), handlers as grpc.UntypedServiceImplementation);
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    ),
  );
  const client = new Client(`127.0.0.1:${port}`, options);
  context.after(() => {
    client.close();
    server.forceShutdown();
  });
  return client;
}

/** The handler of a unary method. */
function unary<Input, Output>(
  answer: (request: Input, call: grpc.ServerUnaryCall<Input, Output>) => Output | Partial<grpc.StatusObject> | Promise<Output>,
): grpc.handleUnaryCall<Input, Output> {
  return (call, callback) => {
    void Promise.resolve(answer(call.request, call)).then((answered) =>
      typeof answered === "object" && answered !== null && "code" in answered
        ? callback(answered as Partial<grpc.StatusObject>)
        : callback(null, answered as Output),
    );
  };
}

const RESPONSE = create(v1.ValidateDocumentResponseSchema);

function failure(wanted: Partial<CrossfootError>): (error: unknown) => true {
  return (error) => {
    assert.ok(error instanceof CrossfootError, `${error} is no CrossfootError`);
    for (const [key, value] of Object.entries(wanted)) assert.deepEqual(error[key as keyof CrossfootError], value);
    return true;
  };
}

test("a target that is none is refused", () => {
  const targets = ["", "localhost", ":1", "localhost:0", "localhost:65536", "localhost:http", "::1:1", "ftp://localhost:1",
    "https://localhost", "https://user@localhost:1", "https://localhost:1/v1", "dns:///localhost:1"];
  for (const target of targets) assert.throws(() => new Client(target), TypeError, target);
});

test("a token goes to other machines only encrypted", () => {
  for (const target of ["http://figures.example.org:50051", "http://192.0.2.1:80", "http://127.example.org:1"]) {
    assert.throws(() => new Client(target, { token: "secret" }), (error: Error) => !error.message.includes("secret"));
  }
  for (const target of ["https://figures.example.org:443", "figures.example.org:443", "http://[::1]:50051", "127.9.9.9:1"]) {
    new Client(target, { token: "secret" }).close();
  }
  assert.throws(() => new Client("localhost:1", { token: "two words" }), TypeError);
  assert.throws(() => new Client("localhost:1", { token: "line\n" }), TypeError);
});

test("options that do not fit together are refused", () => {
  assert.throws(() => new Client("http://localhost:1", { caFile: "ca.pem" }), TypeError);
  assert.throws(() => new Client("https://localhost:1", { certificateFile: "client.pem" }), TypeError);
  assert.throws(() => new Client("https://localhost:1", { caFile: "/nowhere/ca.pem" }), { code: "ENOENT" });
});

test("token and version are sent", async (context) => {
  let headers: grpc.Metadata | undefined;
  const client = await serve(
    context,
    { validate: unary((_, call) => ((headers = call.metadata), RESPONSE)) },
    { token: "secret" },
  );
  await client.checkText("…");
  assert.deepEqual(headers?.get("authorization"), ["Bearer secret"]);
  assert.match(String(headers?.get("user-agent")[0]), new RegExp(`^crossfoot-node/${VERSION} `));
});

// The bytes of a google.rpc.Status: code 8, an ErrorInfo of another domain and one of ours, a RetryInfo of 1.5 s.
function statusDetails(code: number): Buffer {
  const field = (number: number, bytes: Buffer): Buffer =>
    Buffer.concat([Buffer.from([(number << 3) | 2, bytes.length]), bytes]);
  const text = (number: number, value: string): Buffer => field(number, Buffer.from(value));
  const any = (type: string, value: Buffer): Buffer =>
    field(3, Buffer.concat([text(1, `type.googleapis.com/google.rpc.${type}`), field(2, value)]));
  const entry = field(3, Buffer.concat([text(1, "limit"), text(2, "calls")]));
  return Buffer.concat([
    Buffer.from([8, code]),
    any("ErrorInfo", Buffer.concat([text(1, "NOT_OURS"), text(2, "example.org")])),
    any("ErrorInfo", Buffer.concat([text(1, "SERVER_BUSY"), text(2, "crossfoot.dev"), entry])),
    any("RetryInfo", field(1, Buffer.from([8, 1, 16, 0x80, 0xca, 0xb5, 0xee, 1]))),
  ]);
}

test("an error has the reason and the details", async (context) => {
  const metadata = new grpc.Metadata();
  metadata.set("grpc-status-details-bin", statusDetails(grpc.status.RESOURCE_EXHAUSTED));
  const client = await serve(context, {
    validate: unary(() => ({ code: grpc.status.RESOURCE_EXHAUSTED, details: "too busy", metadata })),
  });
  await assert.rejects(
    client.checkText("…"),
    failure({
      code: "RESOURCE_EXHAUSTED", reason: "SERVER_BUSY", message: "too busy", metadata: { limit: "calls" }, retryDelayMs: 1500,
    }),
  );
});

test("details that belong to another status, or are none, say nothing", async (context) => {
  for (const packed of [statusDetails(grpc.status.NOT_FOUND), Buffer.from("no message")]) {
    const metadata = new grpc.Metadata();
    metadata.set("grpc-status-details-bin", packed);
    const client = await serve(context, { validate: unary(() => ({ code: grpc.status.INTERNAL, details: "odd", metadata })) });
    await assert.rejects(client.checkText("…"), failure({ code: "INTERNAL", reason: "", message: "odd" }));
  }
});

test("a call is tried again with the whole request", async (context) => {
  const large = Buffer.alloc(12 << 20, "增长5.4%。");
  let attempts = 0;
  const client = await serve(context, {
    validate: unary(({ document }: v1.ValidateDocumentRequest) => {
      if (++attempts < 3) return { code: grpc.status.UNAVAILABLE, details: "starting" };
      assert.ok(document?.source.case === "content" && large.equals(document.source.value));
      // Larger than what gRPC receives by default.
      const answer = { document: { source: { case: "text", value: "x".repeat(8 << 20) } } } as const;
      return create(v1.ValidateDocumentResponseSchema, answer);
    }),
  });
  const response = await client.check({ document: { source: { case: "content", value: large } } });
  assert.equal(String(response.document?.source.value).length, 8 << 20);
  assert.equal(attempts, 3);
});

test("timeout and signal end a call", async (context) => {
  const handlers = { validate: unary(() => sleep(5_000, RESPONSE, { ref: false })) };
  const client = await serve(context, handlers, { timeoutMs: 50 });
  await assert.rejects(client.checkText("…"), failure({ code: "DEADLINE_EXCEEDED", reason: "" }));
  const controller = new AbortController();
  setTimeout(() => controller.abort(new Error("enough")), 50);
  const slow = await serve(context, handlers);
  await assert.rejects(slow.checkText("…", {}, { signal: controller.signal }), { message: "enough" });
  await assert.rejects(slow.checkText("…", {}, { signal: controller.signal }), { message: "enough" });
});

test("checkFile sends the bytes of the file", async (context) => {
  const folder = mkdtempSync(join(tmpdir(), "crossfoot-"));
  context.after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "报告.txt");
  writeFileSync(file, "\ufeff增长");
  let seen: v1.ValidateDocumentRequest | undefined;
  const client = await serve(context, {
    validate: unary((request: v1.ValidateDocumentRequest) => ((seen = request), RESPONSE)),
  });
  await client.checkFile(file, { view: v1.View.SUMMARY });
  assert.equal(seen?.document?.uri, file);
  assert.equal(Buffer.from(seen?.document?.source.value as Uint8Array).toString(), "\ufeff增长");
  assert.equal(seen?.options?.view, v1.View.SUMMARY);
  await assert.rejects(client.checkFile(`${file}.gone`), { code: "ENOENT" });
});

function answer(id: string, reason?: string): v1.ValidateDocumentsResponse {
  const error = reason === undefined ? {} : { error: { reason, message: "nothing", metadata: { a: "b" } } };
  return create(v1.ValidateDocumentsResponseSchema, { id, response: error });
}

test("checkMany gives results, and errors of documents", async (context) => {
  const client = await serve(context, {
    stream: (call: Duplex) => {
      call.on("data", ({ id }) => call.write(answer(id, id === "bad" ? "DOCUMENT_EMPTY" : undefined)));
      call.on("end", () => call.end());
    },
  });
  const outcomes = [];
  for await (const outcome of client.checkMany([{ id: "good" }, { id: "bad" }])) outcomes.push(outcome);
  assert.deepEqual(outcomes.map(({ id }) => id), ["good", "bad"]);
  assert.ok(outcomes[0]?.result && !outcomes[0].error);
  failure({ code: undefined, reason: "DOCUMENT_EMPTY", message: "nothing", metadata: { a: "b" } })(outcomes[1]?.error);
});

test("checkMany takes no short stream for a whole one", async (context) => {
  for (const end of [
    (call: Duplex) => call.end(),
    (call: Duplex) => call.emit("error", { code: grpc.status.UNAVAILABLE, details: "stopping" }),
  ]) {
    const client = await serve(context, {
      stream: (call: Duplex) => call.once("data", ({ id }) => call.write(answer(id), () => end(call))),
    });
    const got: string[] = [];
    await assert.rejects(async () => {
      for await (const { id } of client.checkMany([{ id: "1" }, { id: "2" }])) got.push(id);
    }, failure({ reason: "" }));
    assert.deepEqual(got, ["1"]);
  }
});

test("checkMany ends with the error of the requests", async (context) => {
  const client = await serve(context, {
    stream: (call: Duplex) => {
      call.on("data", ({ id }) => call.write(answer(id)));
      call.on("end", () => call.end());
    },
  });
  const broken = new Error("the disk is gone");
  async function* requests() {
    yield { id: "1" };
    throw broken;
  }
  await assert.rejects(async () => {
    for await (const { id } of client.checkMany(requests())) assert.equal(id, "1");
  }, broken);
});

test("checkMany reads no further than the server", async (context) => {
  // One that takes what HTTP/2 lets everybody send at first, and no more.
  const server = http2.createServer();
  server.on("stream", () => {});
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const client = new Client(`127.0.0.1:${(server.address() as AddressInfo).port}`);
  context.after(() => {
    client.close();
    server.close();
  });
  const content = new Uint8Array(1 << 20);
  let asked = 0;
  let closed = false;
  function* requests() {
    try {
      while (asked < 1000) {
        asked += 1;
        yield { request: { document: { source: { case: "content", value: content } } } } as const;
      }
    } finally {
      closed = true;
    }
  }
  const stream = client.checkMany(requests(), { timeoutMs: 500 });
  await assert.rejects(stream.next(), failure({ code: "DEADLINE_EXCEEDED" }));
  // What waits in the sockets and in the buffers of both sides, a few MiB.
  assert.ok(asked < 20, `${asked} requests were read though the server took none`);
  await sleep(10);
  assert.ok(closed);
});

test("leaving the loop of checkMany ends the call", async (context) => {
  let cancelled = (): void => {};
  const seen = new Promise<void>((resolve) => (cancelled = resolve));
  const client = await serve(context, {
    stream: (call: Duplex) => {
      call.on("cancelled", () => cancelled());
      call.on("data", ({ id }) => call.write(answer(id)));
    },
  });
  async function* requests() {
    for (let count = 0; count < 10_000; count += 1) yield { id: `${count}` };
  }
  for await (const { id } of client.checkMany(requests())) {
    assert.equal(id, "0");
    break;
  }
  await seen;
});

test("createDocument may be repeated", async (context) => {
  const ids: string[] = [];
  const client = await serve(context, {
    create: unary(({ requestId }: v1.CreateDocumentRequest) => {
      ids.push(requestId);
      if (ids.length === 1) return { code: grpc.status.UNAVAILABLE, details: "stopping" };
      return create(v1.DocumentSchema, { name: "documents/stored" });
    }),
  });
  await client.createDocument({ documentId: "stored" });
  assert.equal(ids.length, 2);
  assert.equal(ids[0], ids[1]);
  assert.match(ids[0] ?? "", /^[0-9a-f-]{36}$/);
  await client.createDocument(create(v1.CreateDocumentRequestSchema, { requestId: "own" }));
  assert.equal(ids[2], "own");
});

test("uploadDocument sends every byte and the digest", async (context) => {
  const content = Buffer.alloc((2 << 20) + 7, "0123456789");
  const parts: v1.UploadDocumentRequest["part"][] = [];
  const client = await serve(context, {
    upload: (call: grpc.ServerReadableStream<v1.UploadDocumentRequest, v1.Document>, callback: grpc.sendUnaryData<v1.Document>) => {
      call.on("data", ({ part }) => parts.push(part));
      call.on("end", () => callback(null, create(v1.DocumentSchema, { name: "documents/stored" })));
    },
  });
  const document = await client.uploadDocument({ documentId: "stored" }, [content]);
  assert.equal(document.name, "documents/stored");
  assert.deepEqual(parts.map((part) => part.case), ["create", "chunk", "chunk", "chunk", "sha256"]);
  const chunks = parts.flatMap((part) => (part.case === "chunk" ? [part.value] : []));
  assert.ok(content.equals(Buffer.concat(chunks)));
  assert.equal(parts.at(-1)?.value, createHash("sha256").update(content).digest("hex"));
});

test("uploadDocument tells what went wrong", async (context) => {
  let cancelled = (): void => {};
  const seen = new Promise<void>((resolve) => (cancelled = resolve));
  const parts: (string | undefined)[] = [];
  const client = await serve(context, {
    upload: (call: grpc.ServerReadableStream<v1.UploadDocumentRequest, v1.Document>) => {
      call.on("cancelled", () => cancelled());
      call.on("data", ({ part }) => parts.push(part.case));
    },
  });
  const broken = new Error("the disk is gone");
  async function* half() {
    yield Buffer.from("half");
    throw broken;
  }
  await assert.rejects(client.uploadDocument({}, half()), broken);
  await seen;
  assert.ok(!parts.includes("sha256"));

  const refusing = await serve(context, {
    upload: (_: unknown, callback: grpc.sendUnaryData<v1.Document>) =>
      callback({ code: grpc.status.PERMISSION_DENIED, details: "no" }),
  });
  await assert.rejects(refusing.uploadDocument({}, [Buffer.alloc(8 << 20)]), failure({ code: "PERMISSION_DENIED" }));
});

test("rules asks for every page", async (context) => {
  const next: Record<string, string> = { "": "b", b: "c", c: "" };
  const client = await serve(context, {
    rules: unary(({ pageToken, rulePack }: v1.ListRulesRequest) => {
      assert.equal(rulePack, "rulePacks/totals");
      return create(v1.ListRulesResponseSchema, { rules: [{ name: `rules/${pageToken}` }], nextPageToken: next[pageToken] ?? "" });
    }),
  });
  const names: string[] = [];
  for await (const { name } of client.rules({ rulePack: "rulePacks/totals" })) names.push(name);
  assert.deepEqual(names, ["rules/", "rules/b", "rules/c"]);
});

test("places are those of the finding's figures", () => {
  const result = create(v1.ValidateDocumentResponseSchema, {
    document: { uri: "new.txt" },
    figures: [{ id: "f1", span: { line: 3, column: 4 } }, { id: "f2" }],
    citedFigures: [{ documentUri: "old.txt", figure: { id: "h1" } }],
  });
  const found = places(result, create(v1.FindingSchema, { figureIds: ["h1", "f1", "gone"] }));
  assert.deepEqual(found.map(({ documentUri, figure }) => [documentUri, figure.id]), [["old.txt", "h1"], ["new.txt", "f1"]]);
  assert.equal(found[1]?.figure.span?.line, 3);
});

test("the package serves CommonJS as well", () => {
  const require = createRequire(import.meta.url);
  const common = require("crossfoot") as { Client: typeof Client };
  new common.Client("127.0.0.1:1").close();
  assert.equal((require("crossfoot/v1") as typeof v1).View.SUMMARY, v1.View.SUMMARY);
});
